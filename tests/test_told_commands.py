"""Each command that README, the help or a message gives is run here, and does what its words say."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from runner.commands import EPILOG
from tests import demo
from tests.command import codemod

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
OLD = "from typing import Optional\nx: Optional[int] = None\n"
NEW = "x: int | None = None\n"
SUITE = "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n\n\ndef test_it(db):\n    assert db\n"
SHOP = """def one(text: str):
    try:
        return int(text)
    except Exception:
        return 0


def two(text):
    try:
        return int(text)
    except Exception:
        print(text)
        raise


def three(client):
    try:
        return client.fetch()
    except Exception:
        return 0
"""
PACKAGE = {
    "shop/__init__.py": "from .text import shorten\n",
    "shop/text.py": "def shorten(text, size=10):\n    return text[:size]\n",
    "shop/cart.py": "from . import text\n\nprint(text.shorten('a'), text.shorten('b', size=2))\n",
}
LABELS = {"shop/__init__.py", "shop/cart.py", "shop/labels.py"}  # the file that was left empty goes
FILES = {
    "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n',
    "a.py": OLD,
    "src/billing/b.py": OLD,
    "legacy/c.py": OLD,
    "tests/test_a.py": SUITE,
    "codemod-settings.toml": "extend-exclude = ['a.py']\n",
}

ORDERS = """\
TAX = 0.2


def gross(price):
    return price * (1 + TAX)


class Order:
    def total(self):
        return sum(map(gross, self.lines))
"""
ORDERS_TOML = """\
[[part]]
name = "prices"
defs = ["TAX", "gross"]

[[part]]
name = "orders"
defs = ["Order"]
"""


class Ran(NamedTuple):
    """What a command did."""

    repo: Path
    code: int
    out: str
    err: str
    changed: set[str]  # files of the branch that it made
    written: set[str]  # files of the work tree that it wrote
    commits: int


def told() -> set[str]:
    """The commands of README, in its text and in its examples, and of the help."""
    text = {" ".join(c.split()) for c in re.findall(r"`(codemod [a-z][^`]*)`", README)}
    examples = re.findall(r"^ *\$? *(codemod (?:run|explain) .*?)(?:  .*)?$", README + EPILOG, re.M)
    return text | {*examples, *re.findall(r"# (codemod run [\w-]+)", README)}


def ran_nothing(ran: Ran) -> bool:
    return not (ran.changed or ran.written)


EVERYTHING = {"a.py", "src/billing/b.py", "legacy/c.py"}
CHECKS: dict[str, Callable[[Ran], bool]] = {
    "codemod run NAME --dry-run": lambda r: ran_nothing(r) and r.out.count("\n+x: int | None = None") == 3,
    "codemod run NAME -n --stat": lambda r: ran_nothing(r) and "3 files changed" in r.out and "+x" not in r.out,
    "codemod run NAME -n --output-format patch": lambda r: ran_nothing(r) and r.out.startswith("diff --git"),
    "codemod run NAME --check": lambda r: ran_nothing(r) and r.code == 1,
    "codemod run modernize-typing --dry-run": lambda r: (
        ran_nothing(r) and r.out.count("\n+x: int | None = None") == 3
    ),
    "codemod run modernize-typing --check": lambda r: ran_nothing(r) and r.code == 1,
    "codemod run NAME src/billing": lambda r: r.changed == {"src/billing/b.py"},
    "codemod run NAME --diff-base origin/main": lambda r: r.changed == {"a.py"},
    "codemod run NAME --extend-exclude 'legacy/*'": lambda r: r.changed == EVERYTHING - {"legacy/c.py"},
    "codemod run NAME --in-place": lambda r: r.written == EVERYTHING and not r.changed,
    "codemod undo": lambda r: r.code == 0 and "3 files restored" in r.err and not r.written,
    "codemod undo RUN": lambda r: r.code == 0 and "3 files restored" in r.err and not r.written,
    "codemod undo BRANCH": lambda r: r.code == 0 and "is deleted; get it back with" in r.err and ran_nothing(r),
    "codemod run NAME --blame-ignore": lambda r: r.changed == {*EVERYTHING, ".git-blame-ignore-revs"},
    "codemod undo --list": lambda r: len(r.out.splitlines()) == 1 and r.written == EVERYTHING,
    "codemod run NAME,OTHER -o OTHER.option=value": lambda r: r.commits == 2 and "tests/test_a.py" in r.changed,
    "codemod run NAME --unsafe": lambda r: r.changed == EVERYTHING,
    "codemod run NAME --help": lambda r: "Options of modernize-typing:" in r.out and ran_nothing(r),
    "codemod run NAME --show-settings": lambda r: "unsafe = false  # default" in r.out and ran_nothing(r),
    "codemod run NAME --isolated": lambda r: r.changed == EVERYTHING,
    "codemod run NAME --config FILE": lambda r: r.changed == EVERYTHING - {"a.py"},
    "codemod run NAME -n": lambda r: ran_nothing(r) and r.out.count("\n+x: int | None = None") == 3,
    "codemod run NAME --verify 'pytest -q'": lambda r: r.changed == EVERYTHING and "verified: " in r.err,
    "codemod run async-mock --unsafe --verify 'pytest -q'": lambda r: ran_nothing(r) and "nothing to do" in r.err,
    "codemod verify [PLAN|BRANCH] -- pytest -q": lambda r: ran_nothing(r) and "verified" in r.err,
    "codemod observe -- pytest -q": lambda r: (
        ran_nothing(r) and "tests/test_b.py:4 reached once: ValueError 1 (1 by tests)\n" in r.out
    ),
    "codemod run narrow-except --unsafe --dry-run": lambda r: ran_nothing(r) and "+    except ValueError:" in r.out,
    "codemod run narrow-except --unsafe --fix-tests": lambda r: r.changed == {"shop.py"},
    "codemod run narrow-except --annotate": lambda r: r.changed == {"shop.py"} and "made 1 change" in r.err,
    "codemod run rename-symbol --symbol shop.text.shorten --to truncate": lambda r: r.changed == PACKAGE.keys(),
    "codemod run rename-symbol --map renames.toml": lambda r: r.changed == PACKAGE.keys(),
    "codemod run rename-symbol --symbol 'shop.text.shorten(size)' --to limit": lambda r: (
        r.changed == {"shop/text.py", "shop/cart.py"}
    ),
    "codemod run rename-symbol --symbol shop.text --to strings": lambda r: "shop/strings.py" in r.changed,
    "codemod run move-symbol --symbol shop.text.shorten --to shop.labels": lambda r: r.changed == LABELS,
    "codemod run move-symbol --all-of shop.text --to shop.labels": lambda r: "shop/labels.py" in r.changed,
    "codemod run add-parameter --function shop.text.shorten --parameter \"tail: str = ''\" --value \"'…'\"": lambda r: (
        r.changed == {"shop/text.py", "shop/cart.py"}
    ),
    "codemod run split-module --module shop/orders.py --layout orders.toml": lambda r: (
        r.changed == {"shop/orders.py", "shop/orders/__init__.py", "shop/orders/_prices.py", "shop/orders/_orders.py"}
    ),
    "codemod run split-module --module shop/orders.py --dry-run": lambda r: ran_nothing(r) and r.code == 0,
    "codemod split candidates": lambda r: ran_nothing(r) and r.err == "0 modules have more than 500 lines\n",
    "codemod split propose shop/text.py": lambda r: ran_nothing(r) and "[[part]]" in r.out,
    "codemod kb missing": lambda r: ran_nothing(r) and "client.fetch" in r.out,
    "codemod plans": lambda r: ran_nothing(r) and r.out.split()[2:5] == ["modernize-typing", "3", "0"],
    "codemod review": lambda r: ran_nothing(r) and "(1/3) accept this change" in r.out,
    "codemod review [PLAN]": lambda r: ran_nothing(r) and "(1/3) accept this change" in r.out,
    "codemod review --summary": lambda r: ran_nothing(r) and len(r.out.splitlines()) == 1,
    "codemod run NAME": lambda r: r.changed == EVERYTHING,
    "codemod review --export": lambda r: (
        ran_nothing(r) and r.out == "" and r.err.startswith("nothing is decided on plan ")
    ),
    "codemod diff --output-format jsonl": lambda r: ran_nothing(r) and r.out.count('"digest": ') == 3,
    "codemod apply --replan": lambda r: r.changed == EVERYTHING,
    "codemod apply --decisions FILE": lambda r: r.changed == EVERYTHING,
    "codemod diff [PLAN]": lambda r: ran_nothing(r) and r.out.count("\n+x: int | None = None") == 3,
    "codemod apply": lambda r: r.changed == EVERYTHING,
    "codemod apply [PLAN]": lambda r: r.changed == EVERYTHING,
    "codemod why NAME PATH:LINE": lambda r: ran_nothing(r) and "  +x: int | None = None\n" in r.out,
    "codemod explain NAME": lambda r: r.out.startswith("modernize-typing\n") and "Example: " in r.out,
    "codemod run spring-cleaning": lambda r: r.commits == 1,  # see test_recipes
    "codemod run fixture-rename": lambda r: r.changed == {"tests/test_a.py"},
    "codemod run fixture-rename --dry-run": lambda r: ran_nothing(r) and "+def db_session():" in r.out,
    "codemod run fixture-rename --old db --new database tests/": lambda r: r.changed == {"tests/test_a.py"},
    "codemod run fixture-rename --check": lambda r: ran_nothing(r) and r.code == 1,
    "codemod explain fixture-rename": lambda r: r.out.startswith("fixture-rename\n") and "Options" in r.out,
    "codemod run path/to/assert_equal.py": lambda r: r.code == 0 and r.changed == {"tests/test_b.py"},
    "codemod test path/to/assert_equal.py": lambda r: (r.code, r.out) == (0, "ok   replaces the old name\n"),
}


# A scheduler and workers are needed: run in test_cluster.py, with the lines that start those.
# A forge is needed: run in test_batch_run.py, test_batch_many.py and test_suggest.py.
ELSEWHERE = {
    "codemod run NAME --pr",
    "codemod batch adopt PR",
    "codemod batch close",
    "codemod batch prune",
    "codemod batch retry --failed",
    "codemod batch run",
    "codemod batch run --repositories repos.txt",
    "codemod run NAME --dry-run --output-format github-review",
    "codemod run NAME --engine dask://10.0.0.1:8786",
    "codemod run NAME --engine tls://10.0.0.1:8786",
}


def test_every_command_that_is_told_is_run_here() -> None:
    assert told() == CHECKS.keys() | ELSEWHERE


@pytest.mark.parametrize("command", CHECKS)
def test_a_command_does_what_its_words_say(
    make_repo: Callable[..., Path], git: Callable[..., str], write: Callable[..., None], command: str
) -> None:
    repo = make_repo(FILES)
    git(repo, "update-ref", "refs/remotes/origin/main", "HEAD")
    write(repo, {"a.py": f"{OLD}y = 1\n"})
    if "path/to" in command:
        code = next(c for c in re.findall(r"```python\n(.*?)```", README, re.S) if "AssertEqual" in c)
        case = "self.assertEquals(1)\n# output\nself.assertEqual(1)\n"
        write(repo, {"path/to/assert_equal.py": code, "path/to/golden/assert_equal/replaces_the_old_name.py": case})
        write(repo, {"tests/test_b.py": "self.assertEquals(1)\n"})
        command += " tests" if "run" in command else ""
    if "observe" in command:
        write(
            repo,
            {"tests/test_b.py": "def test_b():\n    try:\n        int('x')\n    except Exception:\n        pass\n"},
        )
    if "narrow-except" in command or "kb" in command:
        write(repo, {"shop.py": SHOP})
    if "shop.text" in command or "shop/text" in command or "--map" in command:
        write(repo, PACKAGE)
    if "orders" in command:
        write(repo, {"shop/__init__.py": "", "shop/orders.py": ORDERS, "orders.toml": ORDERS_TOML})
    if "spring" in command:
        write(repo, {"codemod.toml": "[recipes]\nspring-cleaning = ['fixture-rename']\n"})
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "more")
    if "--map" in command:
        write(repo, {"renames.toml": '"shop.text.shorten" = "truncate"\n'})
    names = {"NAME": "modernize-typing", "OTHER.option=value": "fixture-rename.new=database", "OTHER": "fixture-rename",
             "FILE": "codemod-settings.toml", "[PLAN|BRANCH]": "", "[PLAN]": "", "BRANCH": "codemod/modernize-typing",
             "PATH:LINE": "a.py:2"}  # fmt: skip
    if "undo" in command:
        codemod(repo, "run", "modernize-typing", *([] if "BRANCH" in command else ["--in-place"]))
        names["RUN"] = codemod(repo, "undo", "--list").stdout.split()[0]
    if re.match("codemod (plans|review|diff|apply|verify)", command):
        codemod(repo, "run", "modernize-typing", "-n")
    if "--decisions" in command:  # nothing is decided by an empty file
        write(repo, {"decisions.jsonl": ""})
        names["FILE"] = "decisions.jsonl"
    words = shlex.split(re.sub("|".join(map(re.escape, names)), lambda m: names[m[0]], command))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # with the pytest that runs this
    done = codemod(repo, *words[1:], env={"PATH": path}, cold=True)
    branches = git(repo, "branch", "--list", "codemod/*", "--format=%(refname:short)").split()
    changed = [path for branch in branches for path in git(repo, "diff", "--name-only", f"main..{branch}").split()]
    commits = sum(int(git(repo, "rev-list", "--count", f"main..{branch}")) for branch in branches)
    written = set(git(repo, "diff", "--name-only").split())
    ran = Ran(repo, done.returncode, done.stdout, done.stderr, set(changed), written, commits)
    assert CHECKS[command.removesuffix(" tests") if "path/to" in command else command](ran), (ran, done)
    assert done.returncode == (1 if "--check" in command else 0), done.stderr


def test_the_example_of_the_readme_is_what_comes_out(tmp_path: Path) -> None:
    repo = tmp_path / "shop"
    demo.build(repo)
    done = codemod(repo, "run", "fixture-rename", "--dry-run", env={"COLUMNS": "100"})
    shown = README.partition("$ codemod run fixture-rename --dry-run\n")[2].partition("```")[0]
    got = " ".join((done.stdout + done.stderr).split())
    for part in shown.split("…\n"):
        lines = [line for line in part.splitlines() if line]
        for line in lines:
            assert " ".join(line.split()) in got, line


def test_the_review_of_the_readme_is_what_is_asked(make_repo: Callable[..., Path]) -> None:
    orders = (
        "from typing import Dict, List, Optional\n\n\n"
        "def place(item: Optional[str] = None) -> List[str]:\n    return [item or 'book']\n\n\n"
        "def cancel(item: Optional[str] = None) -> None:\n    return None\n\n\n"
        "def count(items: List[str]) -> Dict[str, int]:\n    return {item: items.count(item) for item in items}\n"
    )
    repo = make_repo({"pyproject.toml": FILES["pyproject.toml"], "shop/orders.py": orders})
    codemod(repo, "run", "modernize-typing", "-n")
    asked = codemod(repo, "review", "modernize-typing").stdout
    shown = README.partition("$ codemod review modernize-typing\n")[2].partition("```")[0]
    for part in re.sub("(?<=^plan )[0-9a-f]{8}", asked.split()[1], shown).split("…\n"):
        assert part.rstrip() in asked


def test_the_commands_of_messages_work(make_repo: Callable[..., Path], git: Callable[..., str]) -> None:
    """`apply with`, `decide first`, `take it back with`, `review`, `take it`, `drop it`: each is typed as it is told."""
    repo = make_repo({"a.py": OLD, "pyproject.toml": FILES["pyproject.toml"]})

    def advised(talk: str, label: str) -> list[str]:
        return shlex.split(re.search(rf"{label}: +(.*?)(?:    |$)", talk, re.M)[1])  # type: ignore[index]

    dry = codemod(repo, "run", "modernize-typing", "-n", "--in-place")
    assert "(1/1) accept" in codemod(repo, *advised(dry.stderr, "first")[1:]).stdout
    wrote = codemod(repo, *advised(dry.stderr, "apply with")[1:])
    assert (repo / "a.py").read_text() == NEW
    assert codemod(repo, *advised(wrote.stderr, "take it back with")[1:]).returncode == 0
    assert (repo / "a.py").read_text() == OLD
    made = codemod(repo, *advised(codemod(repo, "run", "modernize-typing", "--check").stderr, "apply with")[1:])
    assert f"+{NEW}" in git(repo, *advised(made.stderr, "review it")[1:]) + "\n"
    git(repo, *advised(made.stderr, "take it")[1:])
    assert (repo / "a.py").read_text() == NEW
    git(repo, *advised(made.stderr, "drop it")[1:])
    assert git(repo, "branch", "--list", "codemod/*") == ""
    assert json.loads(codemod(repo, "run", "modernize-typing", "-n", "--output-format", "json").stdout)["files"] == []
