"""`codemod observe`: real commands in real repositories; what arrives at each broad clause, and nothing else, is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from codemods.engine.known import OBSERVED
from codemods.facts.exceptions import evidence
from runner.observe import latest
from runner.services import LocalServices
from tests.command import COMMAND, codemod

Make = Callable[..., Path]
Git = Callable[..., str]
Write = Callable[[Path, Mapping[str, str | bytes]], None]
SHAPES = (Path(__file__).parent / "local/observed/shapes.py").read_text()
PYTHON = sys.executable


def pythons() -> Iterator[Any]:
    """The Python that runs this, and others from 3.8 on where there are some."""
    yield pytest.param(PYTHON, id="this")
    for minor in (8, 9, 10, 11, 12, 13, 14):
        installed = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python"))
        found = str(installed[-1]) if installed else shutil.which(f"python3.{minor}")
        if (
            found
            and sys.version_info[1] != minor
            and not subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL)
        ):
            yield pytest.param(found, id=f"3.{minor}")


def marked(text: str) -> dict[int, str]:
    """What stands beside the clauses of a program: by line, what a run must see."""
    found = re.finditer(r"# ((?:reached|never entered|entered, ).*)$", text, re.M)
    return {text.count("\n", 0, match.start()) + 1: match[1] for match in found}


def observed(
    repo: Path, *command: str, code: int = 0, env: Mapping[str, str] | None = None
) -> dict[str, dict[int, str]]:
    """What the latest evidence says of each line, after a command that ends with a code."""
    done = codemod(repo, "observe", "--", *command, env=env)
    assert done.returncode == 0, done.stderr
    assert f"exit code {code};" in done.stderr, done.stderr
    found: dict[str, dict[int, str]] = {}
    for (path, _), seen in evidence.read(latest.kept(repo / ".git/codemod")).clauses.items():
        found.setdefault(path, {})[seen.line] = seen.describe()
    return found


@pytest.mark.parametrize("python", [*pythons()])
def test_every_shape_of_a_clause(make_repo: Make, git: Git, python: str) -> None:
    repo = make_repo({"shapes.py": SHAPES, ".gitignore": "__pycache__\n"})
    assert observed(repo, python, "-c", "import shapes; shapes.main()") == {"shapes.py": marked(SHAPES)}
    assert git(repo, "status", "--porcelain") == ""
    assert list((repo / ".git/codemod/tmp").iterdir()) == []


# ---- processes ---------------------------------------------------------------------------------

PROCESSES = """\
import multiprocessing, os, subprocess, sys, time

def parse(x):
    try:
        return int(x)
    except Exception:  # reached 7 times: ValueError 6, TypeError 1
        return None

def leave(x):
    parse(x)
    os._exit(3)

if __name__ == "__main__":
    if len(sys.argv) > 1:
        parse("sub")
    else:
        parse("x")
        subprocess.run([sys.executable, __file__, "again"], check=True)
        for method in ("fork", "spawn"):
            process = multiprocessing.get_context(method).Process(target=parse, args=("x",))
            process.start()
            process.join()
        process = multiprocessing.get_context("fork").Process(target=leave, args=("x",))
        process.start()
        process.join()
        if not os.fork():
            os.closerange(3, 100)  # as a daemon does: the next file must not get what we write
            with open(os.environ["LOG"], "w") as log:
                parse(None)
                log.write("only this")
            os._exit(0)
        os.wait()
        parse("y")
"""


def test_processes_of_all_kinds(make_repo: Make, tmp_path: Path) -> None:
    repo = make_repo({"script.py": PROCESSES})
    log = tmp_path / "log"
    found = observed(repo, PYTHON, "script.py", env={"LOG": str(log)})
    assert found == {"script.py": marked(PROCESSES)}
    assert log.read_text() == "only this"


def test_of_a_process_that_is_killed_half_is_known_at_least(make_repo: Make) -> None:
    text = (
        "import os, signal\n\n\ndef f(x):\n    try:\n        int(x)\n    except Exception:\n        pass\n\n\n"
        "for _ in range(41):\n    f('x')\nf(None)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    repo = make_repo({"a.py": text})
    done = codemod(repo, "observe", "--", PYTHON, "a.py")
    assert (done.returncode, done.stdout) == (0, "a.py:7 reached 33 times: ValueError 32, TypeError 1\n")
    assert "exit code 137;" in done.stderr
    assert "1 process ended without a last word: the counts there are at least half of the true ones" in done.stderr


# ---- pytest ------------------------------------------------------------------------------------

SHOP = """\
import json


class Gone(Exception):
    pass


def price(text, send):
    try:
        return json.loads(text)
    except Exception:  # reached 6 times: json.decoder.JSONDecodeError 6
        pass
    try:
        return send(text)
    except Exception:  # reached 6 times: shop.Gone 3, ConnectionError 1, RuntimeError 1, ValueError 1 (2 by mocks, 2 by tests)
        return None


def gone(text):
    if text:
        raise Gone(text)
"""
SUITE = """\
from unittest import mock

import pytest
import shop


def fail(text):
    raise RuntimeError(text)


@pytest.mark.parametrize("error", [ConnectionError, shop.Gone("x")])
def test_mocks(error):
    assert shop.price("{", mock.Mock(side_effect=error)) is None


@pytest.mark.parametrize("send", [fail, shop.gone, int, lambda text: (_ for _ in ()).throw(shop.Gone())])
def test_others(send):
    assert shop.price("{", send) is None


def test_rewritten():
    try:
        assert shop.price("1", None) == 2, "a long assertion that pytest rewrites"
    except BaseException:  # reached once: AssertionError 1 (1 by tests)
        pass
"""


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_pytest_and_who_raised_it(make_repo: Make, workers: tuple[str, ...]) -> None:
    if workers and not find_spec("xdist"):
        pytest.skip("there is no xdist here")
    repo = make_repo({"src/shop.py": SHOP, "tests/test_shop.py": SUITE, "pytest.ini": "[pytest]\npythonpath = src\n"})
    done = codemod(repo, "observe", "--", PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", *workers)
    assert "exit code 0;" in done.stderr, done.stdout
    text = (repo / ".git/codemod/evidence/latest.json").read_text()
    assert text.count('"path": "src/shop.py"') == 1, "Gone is of the project"
    found = evidence.read(latest.kept(repo / ".git/codemod"))
    assert {f"{p}:{seen.line} {seen.describe()}" for (p, _), seen in found.clauses.items()} == {
        *(f"src/shop.py:{line} {text}" for line, text in marked(SHOP).items()),
        *(f"tests/test_shop.py:{line} {text}" for line, text in marked(SUITE).items()),
    }


# ---- files and names ---------------------------------------------------------------------------

FUNCTION = "def f(x):\n    try:\n        return int(x)\n    except Exception:\n        return None\n"


def test_a_script_a_link_a_copy_and_a_reload(make_repo: Make, tmp_path: Path) -> None:
    repo = make_repo(
        {
            "main.py": f"class Bad(Exception): ...\n\n\ntry:\n    raise Bad\nexcept Exception:\n    pass\n\n{FUNCTION}f('x')\n",
            "pkg/mod.py": FUNCTION,
            "pkg/copied.py": FUNCTION.replace("int", "float"),
            "again.py": "import importlib, mod, copied\nfor _ in range(3):\n    importlib.reload(mod).f('x')\ncopied.f('x')\n",
        }
    )
    (tmp_path / "link").symlink_to(repo / "pkg")
    (tmp_path / "site").mkdir()
    shutil.copy(repo / "pkg/copied.py", tmp_path / "site/copied.py")
    shell = (
        f'{PYTHON} main.py; cd ..; PYTHONPATH="{tmp_path}/site:{tmp_path}/link:$PYTHONPATH" {PYTHON} repo/again.py'
    )
    assert observed(repo, "sh", "-c", shell) == {
        "main.py": {6: "reached once: __main__.Bad 1", 12: "reached once: ValueError 1"},
        "pkg/mod.py": {4: "reached 3 times: ValueError 3"},
        "pkg/copied.py": {4: "reached once: ValueError 1"},
    }
    (found,) = (a for seen in read(repo).clauses.values() for a in seen.arrived if a.name == "__main__.Bad")
    assert (found.path, found.mro) == (
        "main.py",
        ("__main__.Bad", "builtins.Exception", "builtins.BaseException", "builtins.object"),
    )


def read(repo: Path) -> evidence.Evidence:
    return evidence.read(latest.kept(repo / ".git/codemod"))


def test_of_a_file_that_changes_before_it_is_imported_nothing_counts(make_repo: Make) -> None:
    write = f"open('a.py', 'w').write({'# a line more' + chr(10) + FUNCTION!r})"
    repo = make_repo({"a.py": FUNCTION, "b.py": FUNCTION})
    done = codemod(repo, "observe", "--", PYTHON, "-c", f"{write}; import a, b; a.f('x'); b.f('x')")
    assert done.stdout == "b.py:4 reached once: ValueError 1\n"
    assert "a.py: not the same when it was imported as before; nothing of it counts" in done.stderr
    assert [path for path, _ in read(repo).clauses] == ["b.py"]


def test_untracked_files_count_and_ignored_ones_do_not(make_repo: Make, write: Write) -> None:
    repo = make_repo({"a.py": "import b, c\nb.f('x')\nc.f('x')\n", ".gitignore": "c.py\n"})
    write(repo, {"b.py": FUNCTION, "c.py": FUNCTION.replace("int", "float")})
    assert observed(repo, PYTHON, "a.py") == {"b.py": {4: "reached once: ValueError 1"}}


def test_outside_of_git_it_is_kept_for_the_folder(tmp_path: Path, write: Write) -> None:
    write(tmp_path / "plain", {"a.py": FUNCTION + "f('x')\n"})
    done = codemod(tmp_path / "plain", "observe", "--", PYTHON, "a.py")
    assert (done.returncode, done.stdout) == (0, "a.py:4 reached once: ValueError 1\n")
    assert [p.name for p in (tmp_path / "plain").iterdir()] == ["a.py"]


def test_a_file_that_cannot_be_parsed_is_named(make_repo: Make) -> None:
    repo = make_repo({"a.py": FUNCTION, "b.py": "try: pass\nexcept Exception print\n"})
    done = codemod(repo, "observe", "--", PYTHON, "-c", "import a; a.f('x')")
    assert (done.returncode, done.stdout) == (0, "a.py:4 reached once: ValueError 1\n")
    assert "b.py: not looked at: " in done.stderr


# ---- what the program does itself --------------------------------------------------------------


def test_another_tracer_and_what_it_costs(make_repo: Make) -> None:
    trace = "import gc, sys\nsys.settrace(lambda *a: None)\nf('x')\nsys.settrace(None)\ngc.collect()\nf('x')\n"
    repo = make_repo({"a.py": FUNCTION + trace})
    done = codemod(repo, "observe", "--", PYTHON, "a.py")
    lost = sys.version_info < (3, 12)
    assert done.stdout == f"a.py:4 reached {'once' if lost else '2 times'}: ValueError {1 if lost else 2}\n"
    assert ("1 process lost the tracing for a while" in done.stderr) is lost


ALARM = """\
import signal


class Meta(type):
    @property
    def __module__(cls):  # asked by who notes the class
        signal.raise_signal(signal.SIGUSR1)
        return "a"


class Bad(Exception, metaclass=Meta):
    pass


def late(*args):
    raise TimeoutError


signal.signal(signal.SIGUSR1, late)
try:
    try:
        raise Bad
    except Exception:
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
except TimeoutError:
    print("late")
"""


def test_what_a_handler_of_signals_raises_while_we_are_at_work_is_the_programs(make_repo: Make) -> None:
    done = codemod(make_repo({"a.py": ALARM}), "observe", "--", PYTHON, "a.py")
    assert done.stdout.splitlines()[0] == "late", done


def test_the_sitecustomize_of_the_user_runs_and_nothing_of_ours_is_left_on_the_path(make_repo: Make) -> None:
    repo = make_repo(
        {
            "lib/sitecustomize.py": "import sys\nsys.mine = __file__\n",
            "a.py": "import sys\n"
            + FUNCTION
            + "f('x')\nprint(sys.mine, '.git/codemod/' in ' '.join(sys.path), __import__('sitecustomize'))",
            "b.py": "import sys\n"
            + FUNCTION
            + "f('x')\nprint('sitecustomize' in sys.modules, '.git/codemod/' in ' '.join(sys.path))",
        }
    )
    done = codemod(repo, "observe", "--", f"PYTHONPATH={repo}/lib", PYTHON, "a.py")
    place = f"{repo}/lib/sitecustomize.py"
    assert (
        done.stdout == f"{place} False <module 'sitecustomize' from '{place}'>\na.py:5 reached once: ValueError 1\n"
    )
    done = codemod(repo, "observe", "--", PYTHON, "b.py")
    assert done.stdout == "False False\nb.py:5 reached once: ValueError 1\n"


# ---- the command -------------------------------------------------------------------------------


def test_the_command_may_fail_and_what_it_printed_is_its_own(make_repo: Make, tmp_path: Path, git: Git) -> None:
    repo = make_repo({"a.py": FUNCTION + "print('hello')\nf('x')\nf(1)\nraise SystemExit(7)\n"})
    done = codemod(repo, "observe", "-o", str(tmp_path / "e.json"), "--output-format", "json", "--", PYTHON, "a.py")
    told = json.loads(done.stdout)
    assert (done.returncode, told["exit_code"], told["processes"]) == (0, 7, 1)
    assert told["counts"] == {"clauses": 1, "entered": 1, "reached": 1, "reached-by-real-code": 1, "arrived": 1}
    assert [(c["path"], c["line"], c["text"]) for c in told["clauses"]] == [("a.py", 4, "reached once: ValueError 1")]
    assert "hello\n" in done.stderr
    assert evidence.read((tmp_path / "e.json").read_text()).exit_code == 7
    assert latest.kept(repo / ".git/codemod") == ""
    assert git(repo, "status", "--porcelain") == ""


def test_quiet_and_verbose(make_repo: Make) -> None:
    repo = make_repo({"a.py": FUNCTION + FUNCTION.replace("f(", "g(") + "f('x')\n"})
    done = codemod(repo, "observe", "-q", "-v", "--", PYTHON, "a.py")
    assert (done.stdout, done.stderr) == ("a.py:4 reached once: ValueError 1\na.py:9 never entered\n", "")


def test_nothing_broad_is_nothing_to_do(make_repo: Make) -> None:
    repo = make_repo({"a.py": "try:\n    pass\nexcept ValueError:\n    pass\n"})
    done = codemod(repo, "observe", "--", "touch", "ran")
    assert (done.returncode, done.stdout) == (0, "")
    assert "there is no broad handler in" in done.stderr
    assert not (repo / "ran").exists()


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["observe"], 2, "which command? codemod observe -- pytest -q"),
        (["observe", "--"], 2, "which command?"),
        (["observe", "--", "X=1"], 2, "which command?"),
        (["observe", "pytest"], 2, "unexpected extra argument"),
        (["observe", "--", "no-such-program"], 4, "no-such-program: there is no such program"),
        (["observe", "--", "./a.py"], 4, "./a.py: permission denied"),
        (["observe", "--", "true"], 4, "no Python of true was heard"),
        (["observe", "--", PYTHON, "-I", "a.py"], 4, "or starts it with -I"),
        (["observe", "-o", "/dev/null/e", "--", PYTHON, "a.py"], 3, "/dev/null/e: the evidence cannot be written"),
    ],
    ids=lambda value: " ".join(value).replace(PYTHON, "python") if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said(make_repo: Make, words: list[str], code: int, why: str) -> None:
    done = codemod(make_repo({"a.py": FUNCTION}), *words)
    assert done.returncode == code
    assert why in done.stderr


def test_an_interruption_keeps_what_was_seen(make_repo: Make) -> None:
    text = (
        FUNCTION
        + "import time\nf('x')\ntry:\n    print('now', flush=True)\n    time.sleep(60)\nexcept BaseException:\n    raise\n"
    )
    repo = make_repo({"a.py": text})
    process = subprocess.Popen(
        [*COMMAND, "observe", "--", PYTHON, "a.py"],
        cwd=repo, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert out == "a.py:4 reached once: ValueError 1\na.py:11 reached once: KeyboardInterrupt 1\n"
    assert "interrupted" in err
    assert {seen.line for seen in read(repo).clauses.values() if seen.arrived} == {4, 11}


# ---- who reads it ------------------------------------------------------------------------------


def test_a_codemod_reads_the_latest_evidence_and_only_what_this_user_saw(make_repo: Make) -> None:
    repo = make_repo({"a.py": FUNCTION + "f('x')\n"})
    state = repo / ".git/codemod"
    before = LocalServices(state)
    assert before.read_report(OBSERVED) == ""
    assert before.holds(before.reports)
    codemod(repo, "observe", "--", PYTHON, "a.py")
    assert not before.holds(before.reports), "a step that was planned before is planned again"
    after = LocalServices(state)
    (seen,) = evidence.read(after.read_report(OBSERVED)).clauses.values()
    assert seen.describe() == "reached once: ValueError 1"
    assert after.holds(after.reports)
    place = state / "evidence/latest.json"
    place.write_text(place.read_text().replace('"count": 1', '"count": 2'))
    assert LocalServices(state).read_report(OBSERVED) == "", "somebody else has written it"


def test_a_planted_link_is_not_followed(make_repo: Make, tmp_path: Path) -> None:
    repo = make_repo({"a.py": FUNCTION + "f('x')\n"})
    (repo / ".git/codemod").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (repo / ".git/codemod/evidence").symlink_to(tmp_path / "elsewhere")
    assert codemod(repo, "observe", "--", PYTHON, "a.py").returncode == 0
    assert [*(tmp_path / "elsewhere").iterdir()] == []
