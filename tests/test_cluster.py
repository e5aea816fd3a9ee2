"""`--engine`: real schedulers and workers, as the README starts them, one pair for all of these tests."""

from __future__ import annotations

import os
import pickle
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codemods.engine import registry
from codemods.engine.registry import Lent, Spec
from codemods.engine.world import Outcome, Task
from runner.cluster.client import Cluster as Engine
from runner.errors import UsageError
from runner.settings import user_file
from runner.workers import Pool
from tests import clusters
from tests.clusters import Cluster
from tests.command import COMMAND, TOP, codemod
from tests.test_told_commands import ELSEWHERE

LOCAL = TOP / "tests" / "local"
MISBEHAVE, SHY = (Spec(str(LOCAL / f"{name}.py")) for name in ("misbehave", "shy"))
TOKEN = "ghp_notforanybodyelse"
FILES = {
    "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n',
    "conftest.py": "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n",
    **{f"shop/m{n}.py": f"from typing import Optional\n\nx{n}: Optional[int] = None\n" for n in range(30)},
    **{f"tests/t{n}/test_it.py": f"def test_{n}(db):\n    assert db\n" for n in range(12)},
    "tests/t3/conftest.py": "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 3\n",  # one of its own
    "broken.py": "from typing import Optional\nx = (\n",
}
OWN = '''"""mine"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codemods.engine import Codemod, Needles, Part, Source


@dataclass(frozen=True)
class Spot:
    """A fact of a class that only this file has."""

    line: int


@dataclass(frozen=True)
class Mine(Codemod):
    """Replace None by what is written here."""

    def needles(self) -> Needles:
        return Needles(("Optional",))

    def scan(self, file: Source) -> Spot:
        return Spot(3)

    def decide(self, known, targets):
        from codemods.engine import Decisions

        return Decisions(by_path={path: known.facts[path] for path in targets if path in known.facts})

    def find(self, file: Source, mine: Spot) -> Iterator[Part]:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Constant) and node.value is None and node.lineno == mine.line:
                yield Part(file.path, node.lineno, "as told", (file.replace(node, "WORD"),))
'''


@pytest.fixture(scope="module")
def hangs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that appears when some worker hangs."""
    return tmp_path_factory.mktemp("hangs") / "now"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, hangs: Path) -> Iterator[tuple[Cluster, Cluster]]:
    folder = tmp_path_factory.mktemp("plain")
    secure = tmp_path_factory.mktemp("tls")
    clusters.certificates(secure)
    made = Cluster(folder, tls=False), Cluster(secure, tls=True)
    with clusters.clusters(*made, env={"MISBEHAVE_HANGS": str(hangs)}):
        yield made


@pytest.fixture(scope="module")
def plain(both: tuple[Cluster, Cluster]) -> Cluster:
    return both[0]


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX")  # see KEPT
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GITLAB_TOKEN"):
        monkeypatch.setenv(name, TOKEN)


# dask is compiled where it lies, and takes seconds to be compiled again
KEPT = {"PYTHONPYCACHEPREFIX": ""}


def run(repo: Path, engine: str, *words: str) -> tuple[int, str, str]:
    env = {} if engine == "local" else KEPT
    done = codemod(repo, "run", *words, "--no-cache", "--engine", engine, env=env)
    return done.returncode, done.stdout, done.stderr


def task(spec: Spec, name: str, text: str) -> Task:
    return Task("find", spec, name, text.encode())


# ---- what comes out ----------------------------------------------------------------------------


def test_the_command_of_the_readme_makes_the_same_commit(
    make_repo: Callable[..., Path], git: Callable[..., str], plain: Cluster
) -> None:
    repo = make_repo(FILES)
    command = next(line for line in ELSEWHERE if "dask:" in line)
    words = shlex.split(command.replace("NAME", "modernize-typing").replace("10.0.0.1:8786", plain.place))
    for more in (["--branch", "here", "--engine", "local"], ["--branch", "there"]):
        done = codemod(repo, *words[1:], "--no-cache", *more, env={} if "local" in more else KEPT)
        assert done.returncode == 0, done.stderr
    assert len(git(repo, "diff", "--name-only", "main..there").split()) == 30
    assert git(repo, "rev-parse", "there") == git(repo, "rev-parse", "here")


def test_a_codemod_that_needs_the_whole_project_says_the_same(make_repo: Callable[..., Path], plain: Cluster) -> None:
    repo, words = make_repo(FILES), ("fixture-rename", "--old", "db", "--new", "database", "-n", "--verbose")
    here, there = (run(repo, engine, *words) for engine in ("local", plain.engine))
    assert there == here
    assert there[0] == 0
    assert there[1].count("\ndiff --git") == 13


def test_with_tls_as_the_readme_says(
    make_repo: Callable[..., Path],
    git: Callable[..., str],
    both: tuple[Cluster, Cluster],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repo, secure = make_repo(FILES), both[1]
    command = next(line for line in ELSEWHERE if "tls:" in line)
    words = shlex.split(command.replace("NAME", "modernize-typing").replace("10.0.0.1:8786", secure.place))
    with Engine(secure.engine, [SHY], timeout=1) as bare, pytest.raises(UsageError) as told:
        list(bare.run([task(SHY, "a.py", "x = 1\n")]))
    assert "dask needs to be told which certificates are ours" in str(told.value)
    for name in (line.partition("=")[0] for line in shlex.split(" ".join(clusters.told("export"))) if "=" in line):
        monkeypatch.setenv(name, str(secure.folder / ("key.pem" if name.endswith("KEY") else "cert.pem")))
    assert codemod(repo, *words[1:], env=KEPT).returncode == 0
    assert len(git(repo, "diff", "--name-only", "main..codemod/modernize-typing").split()) == 30


# ---- a codemod of one's own --------------------------------------------------------------------


def test_a_codemod_of_ones_own_reaches_the_workers_as_it_is_now(
    make_repo: Callable[..., Path], tmp_path: Path, plain: Cluster
) -> None:
    repo, file = make_repo(FILES), tmp_path / "mine.py"
    for word in ("71", "72"):  # the workers have the first one loaded when the second comes
        file.write_text(OWN.replace("WORD", word))
        code, out, error = run(repo, plain.engine, str(file), "-n")
        assert (code, out.count(f"+x1: Optional[int] = {word}\n")) == (0, 1), error


def test_one_that_the_workers_cannot_load_is_refused(
    make_repo: Callable[..., Path], tmp_path: Path, plain: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, file = make_repo(FILES), tmp_path / "mine.py"
    (tmp_path / "only" / "here_alone").mkdir(parents=True)
    (tmp_path / "only" / "here_alone" / "__init__.py").write_text("")
    file.write_text(OWN.replace("import ast\n", "import ast\nimport here_alone\n"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "only"))
    code, out, error = run(repo, plain.engine, str(file), "-n")
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "mine.py: cannot be loaded: ModuleNotFoundError: No module named 'here_alone' (and 1 more of 2" in error


def test_a_lent_codemod_needs_no_file(tmp_path: Path) -> None:
    path, name = "/nowhere/at/all/mine.py", "_local_codemods.abc.mine"
    registry.lend([Lent(where=path, name=name, source=OWN.encode())])
    try:
        cls = registry.load(path)
        assert (cls.__module__, cls().name) == (name, "mine")
        assert pickle.loads(pickle.dumps(cls())) == cls()
        registry.lend([Lent(where=path, name=name, source=b"(")])
        with pytest.raises(registry.UnknownCodemod, match="cannot be loaded: SyntaxError"):
            registry.load(path)
    finally:
        registry._lent.clear()
        registry.load.cache_clear()


# ---- what goes wrong ---------------------------------------------------------------------------


def test_a_file_that_crashes_or_hangs_costs_itself_as_it_does_here(plain: Cluster) -> None:
    tasks = [task(MISBEHAVE, f"{n}.py", "x = 1\n") for n in range(60)]
    tasks += [
        task(MISBEHAVE, "crash.py", "x = 1  # crash here\n"),
        task(MISBEHAVE, "hang.py", "x = 1  # hang here\n"),
        task(MISBEHAVE, "no.py", "x = (\n"),
    ]
    with Engine(plain.engine, [MISBEHAVE], timeout=0.4) as there, Pool(1, timeout=0.4) as here:
        outcomes, expected = ({t.path: o for t, o in each.run(tasks)} for each in (there, here))
    assert outcomes == expected
    assert outcomes["crash.py"] == Outcome(code="C006-crashed", reason="the worker died (7)")
    assert outcomes["hang.py"].code == "C010-timeout"


def test_ctrl_c_ends_at_once_and_takes_everything_back(
    make_repo: Callable[..., Path], plain: Cluster, hangs: Path
) -> None:
    repo = make_repo({f"m{n}.py": "x = 1  # hang here\n" for n in range(200)})
    hangs.unlink(missing_ok=True)
    words = ["run", MISBEHAVE.where, "-n", "--engine", plain.engine]
    process = subprocess.Popen(
        [*COMMAND, *words], cwd=repo, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    limit = time.monotonic() + 30
    while not hangs.exists():
        assert time.monotonic() < limit
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    before = time.monotonic()
    out, error = process.communicate()
    assert (process.returncode, out, error) == (130, "", "interrupted; nothing was changed\n")
    assert time.monotonic() - before < 3
    # both workers are free again: what hung there is ended, and what waited is not begun
    with Engine(plain.engine, [SHY], timeout=60) as engine:
        assert {o.code for _, o in engine.run([task(SHY, f"{n}.py", "x = 1\n") for n in range(64)])} == {""}
    assert time.monotonic() - before < 10


def test_no_scheduler_is_one_line(make_repo: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runner.cluster.client._CONNECTING", 0.3)
    place = f"127.0.0.1:{clusters.free_port()}"
    with Engine(f"dask://{place}", [MISBEHAVE], timeout=1) as engine, pytest.raises(UsageError) as told:
        list(engine.run([task(MISBEHAVE, "a.py", "x = 1\n")]))
    said = f"dask://{place}: no scheduler answers: Timed out trying to connect to tcp://{place}"
    assert str(told.value).startswith(said)
    assert "\n" not in str(told.value)


def test_without_dask_one_line_says_what_to_install(make_repo: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['distributed'] = None\n")
    done = codemod(
        make_repo(FILES), "run", "modernize-typing", "-n", "--engine", "dask://127.0.0.1:1",
        env={"PYTHONPATH": str(tmp_path)}, cold=True,
    )  # fmt: skip
    told = "codemod: a cluster needs one package more: pip install 'codemod-toolkit[dask]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_this_machine_is_the_default_and_imports_nothing_of_dask(make_repo: Callable[..., Path]) -> None:
    code = (
        "import sys, atexit; from runner.cli import main; sys.argv[1:] = ['run', 'modernize-typing', '-n', '--stat'];"
        "atexit.register(lambda: print(*{'dask', 'distributed', 'tornado'} & {*sys.modules}, file=sys.stderr)); main()"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(TOP)!r}); {code}"],
        cwd=make_repo({n: FILES[n] for n in ("pyproject.toml", "shop/m1.py")}), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr.endswith("\n\n")
    assert "1 file changed" in done.stdout


@pytest.mark.parametrize(
    "value", ["dask://10.0.0.1", "http://10.0.0.1:1", "dask://a b:1", "dask://a:0", "dask://u@a:1", "cluster"]
)
def test_an_engine_that_is_none_is_refused(make_repo: Callable[..., Path], value: str) -> None:
    done = codemod(make_repo(FILES), "run", "modernize-typing", "-n", "--engine", value)
    needed = f"--engine: {value!r} is not accepted; local, dask://HOST:PORT or tls://HOST:PORT is needed"
    assert (done.returncode, done.stderr) == (2, f"codemod: {needed}\n")


# ---- who may choose it -------------------------------------------------------------------------


def test_a_project_cannot_choose_where_code_and_files_go(
    make_repo: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = make_repo(FILES)
    (repo / "codemod.toml").write_text('engine = "dask://127.0.0.1:1"\n')
    for words in ((), ("--config", "codemod.toml")):
        done = codemod(repo, "run", "modernize-typing", "-n", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert "codemod.toml: engine: where code and files go stands in your own configuration" in done.stderr
    (repo / "codemod.toml").unlink()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    user_file().parent.mkdir(parents=True)
    user_file().write_text('engine = "dask://127.0.0.1:1"\n')
    shown = ("run", "modernize-typing", "--show-settings")
    assert f'engine = "dask://127.0.0.1:1"  # {user_file()}\n' in codemod(repo, *shown).stdout
    monkeypatch.setenv("CODEMOD_ENGINE", "dask://127.0.0.1:2")
    assert 'engine = "dask://127.0.0.1:2"  # CODEMOD_ENGINE\n' in codemod(repo, *shown).stdout
    assert 'engine = "local"  # command line\n' in codemod(repo, *shown, "--engine", "local").stdout


# ---- these end workers, so they come last ------------------------------------------------------


def test_a_worker_with_other_code_is_refused(make_repo: Callable[..., Path], tmp_path: Path, plain: Cluster) -> None:
    copy = tmp_path / "copy"
    for package in ("codemods", "runner"):
        shutil.copytree(TOP / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (copy / "codemods" / "fixture_scope.py").open("a") as text:
        text.write("# another one\n")
    [line, *_] = clusters.told("dask worker tcp")
    plain.start("other", line, "--no-nanny", env={"PYTHONPATH": str(copy)})
    plain.wait_for("other")
    code, out, error = run(make_repo(FILES), plain.engine, "modernize-typing", "-n")
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert error.startswith("codemod: the worker tcp://127.0.0.1:")
    assert ": codemod is 0.1.0 (" in error
    assert error.endswith(" there; all machines need the same\n")
    plain.kill("other")


def test_a_worker_that_is_lost_costs_nothing(plain: Cluster) -> None:
    tasks = [task(SHY, f"{n}.py", "x = 1\n") for n in range(160)]
    with Engine(plain.engine, [SHY], timeout=60) as engine:
        answers = engine.run(tasks)
        first = [next(answers) for _ in range(8)]
        plain.kill("worker1")
        outcomes = {t.path: o for t, o in [*first, *answers]}
    assert {path: o.code for path, o in outcomes.items()} == dict.fromkeys((t.path for t in tasks), "")
    assert all(o.value.parts for o in outcomes.values())


def test_nobody_has_been_told_a_token(both: tuple[Cluster, Cluster]) -> None:
    for cluster in both:
        for path in cluster.folder.rglob("*"):
            assert not path.is_file() or TOKEN.encode() not in path.read_bytes()
    for process in Path("/proc").glob("[0-9]*"):
        if process.name != str(os.getpid()):
            assert TOKEN not in _arguments(process)


def _arguments(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
