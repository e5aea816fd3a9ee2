"""`--output-format github-review`: suggestions on an open pull request, in its own lines, of what can be applied alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from codemods.engine.check import Composed
from codemods.engine.propose import Step
from codemods.engine.registry import Spec
from codemods.engine.values import Change, Edit, Import, Part, Safety
from runner.config import Options
from runner.outcome import Done, Report
from runner.plan import Plan
from runner.suggest import Offer, offered
from tests.command import codemod
from tests.forge.github import GitHub

Make = Callable[..., Path]
Git = Callable[..., str]
Write = Callable[[Path, Mapping[str, str]], None]
LOCAL = Path(__file__).parent / "local"
SWAP, RENAME = str(LOCAL / "swap_call.py"), str(LOCAL / "rename_everywhere.py")
FILLER = "".join(f"n{number} = {number}\n" for number in range(20))
USES = "from lib import new\n" + FILLER


@dataclass
class Opened:
    """A clone of acme/app on the branch of its pull request #1."""

    forge: GitHub
    root: Path
    environment: dict[str, str]

    def run(self, *words: str) -> tuple[int, list[str], list[str]]:
        done = codemod(self.root, *words, "-j", "1", env=self.environment)
        return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()

    @property
    def comments(self) -> list[tuple[str, int | None, int, str]]:
        """Of every review: path, first and last line, text."""
        [pull] = self.forge.pulls("acme/app")
        found = [comment for review in pull.reviews for comment in review.comments]
        return [(c["path"], c.get("start_line"), c["line"], c["body"]) for c in found]


@pytest.fixture
def opened(forge: GitHub, make_repo: Make, git: Git, write: Write, tmp_path: Path) -> Callable[..., Opened]:
    """`opened(before, after)`: the files of main, and those that the pull request changes."""

    def make(before: Mapping[str, str], after: Mapping[str, str]) -> Opened:
        source = make_repo({"README": "", **before})
        git(source, "switch", "-qc", "topic")
        write(source, after)
        git(source, "add", "-A")
        git(source, "commit", "-qm", "Topic")
        git(source, "switch", "-q", "main")
        url = forge.add_repository("acme/app", source)
        forge["acme/app"].open_pull("topic", "main", "Topic", None, "grace")
        git(tmp_path, "clone", "-q", "--branch", "topic", url, "clone")
        environment = {"GITHUB_TOKEN": forge.token, "CODEMOD_FORGE": f"github:{forge.url}", "CODEMOD_PACE": "100000"}
        return Opened(forge, tmp_path / "clone", environment)

    return make


CALLS = "from legacy import old\n\n\ndef f():\n    return old(1)\n"


def test_what_belongs_together_is_offered_together_where_all_of_it_is_shown(opened: Callable[..., Opened]) -> None:
    here = opened({}, {"a.py": CALLS})
    code, out, said = here.run("run", SWAP, "--dry-run", "--output-format", "github-review")
    assert (code, out) == (0, ["a.py:1", "a.py:5"]), said
    [pull] = here.forge.pulls("acme/app")
    assert said[-1].startswith(f"2 suggestions on #{pull.number}: http")
    together = "\n\nIt belongs together with 1 other suggestion: apply all of them."
    assert here.comments == [
        (
            "a.py",
            None,
            1,
            f"What the changes beside this one need.{together}\n\n```suggestion\nfrom lib import new\n```",
        ),
        ("a.py", None, 5, f"`old is new now`{together}\n\n```suggestion\n    return new(1)\n```"),
    ]
    # the same again is the same review
    assert here.run("diff", "--output-format", "github-review", "--pull-request", str(pull.number))[0] == 0
    assert len(here.comments) == 2


def test_a_change_whose_import_stands_elsewhere_is_told_and_not_offered(opened: Callable[..., Opened]) -> None:
    before = f"from legacy import old\n{FILLER}"
    here = opened({"a.py": before}, {"a.py": before + "old(1)\n"})
    code, out, said = here.run("run", SWAP, "-n", "--output-format", "github-review")
    assert (code, out) == (0, [])
    assert said[-2:] == [
        "nothing to suggest on #1",
        "not suggested: 1 change in lines that the pull request does not show",
    ]
    assert here.comments == []


def test_of_one_change_in_two_files_nothing_is_offered_where_one_is_not_shown(opened: Callable[..., Opened]) -> None:
    here = opened({"a.py": USES + "new(1)\n", "b.py": USES}, {"b.py": USES + "new(2)\n"})
    code, out, said = here.run("run", RENAME, "-n", "--output-format", "github-review")
    assert (code, out) == (0, [])
    assert "not suggested: 1 change in lines that the pull request does not show" in said


def test_a_dry_run_is_needed_and_the_plan_must_be_of_its_head(opened: Callable[..., Opened], git: Git) -> None:
    here = opened({}, {"a.py": CALLS})
    for words, told in (
        (("run", SWAP), "use it with --dry-run"),
        (("run", SWAP, "-n", "--base", "origin/main~0"), "nothing to do"),
        (("run", SWAP, "-n", "--in-place"), "not for files of the working tree"),
    ):
        code, _, said = here.run(*words, "--output-format", "github-review")
        assert told in said[0], said
        assert code == (0 if told == "nothing to do" else 2)
    git(here.root, "commit", "-q", "--allow-empty", "-m", "More")
    code, _, said = here.run("run", SWAP, "-n", "--output-format", "github-review")
    assert code == 2
    assert "; plan on that: --base " in said[0]
    git(here.root, "switch", "-qc", "other")
    code, _, said = here.run("run", SWAP, "-n", "--output-format", "github-review")
    assert (code, said) == (
        2, ["codemod: there is no open pull request of branch 'other'; name one with --pull-request N"],
    )  # fmt: skip
    assert here.run("apply", "--output-format", "github-review")[0] == 2
    assert here.comments == []


# ---- what can be offered -----------------------------------------------------------------------

OLD = "".join(f"line {number}\n" for number in range(1, 11))


def at(line: int, new: str, *, requires: tuple[Import, ...] = (), path: str = "a.py") -> Change:
    start = OLD.index(f"line {line}\n")
    edit = Edit(path, start, start + len(f"line {line}"), new)
    part = Part(path, line, f"reason {line}", (edit,), requires=requires)
    return Change("x", f"{path}:{line}", f"reason {line}", Safety.SAFE, (part,))


def reported(after: Mapping[str, str | None], *changes: Change) -> Report:
    before = {path: OLD.encode() for path in after if path != "new.py"}
    made = {path: None if text is None else text.encode() for path, text in after.items()}
    step = Step(Spec("asyncio-mark"), changes)
    done = Done(step=step, composed=Composed(files=made, before=before, applied=changes))
    options = Options(specs=(), where=Path())
    return Report(options=options, plan=Plan(base="", steps=()), steps=(done,), before=before, after=made)


def told(offer: Offer) -> list[tuple[int, int, str]]:
    return [(one.first, one.last, one.text) for one in offer.suggestions]


def edited(*changes: Change) -> str:
    text = OLD
    for edit in sorted((e for change in changes for e in change.edits), key=lambda e: -e.start):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def test_what_stands_on_its_own_is_offered_where_the_rest_is_not_shown() -> None:
    first, last = at(2, "two"), at(9, "nine")
    offer = offered(reported({"a.py": edited(first, last)}, first, last), {"a.py": [range(1, 5)]})
    assert told(offer) == [(2, 2, "two\n")]
    assert offer.suggestions[0].reason == "`reason 2`"
    assert offer.left == {"in lines that the pull request does not show": 1}


def test_what_needs_an_import_in_lines_that_are_not_shown_is_left() -> None:
    first = at(2, "two", requires=(Import("lib", "two"),))
    after = edited(first) + "from lib import two\n"
    offer = offered(reported({"a.py": after}, first), {"a.py": [range(1, 5)]})
    assert (told(offer), offer.left) == ([], {"in lines that the pull request does not show": 1})
    both = offered(reported({"a.py": after}, first), {"a.py": [range(1, 11)]})
    assert told(both) == [(2, 2, "two\n"), (10, 10, "line 10\nfrom lib import two\n")]


@pytest.mark.parametrize(
    ("after", "suggested"),
    [
        ("top\n" + OLD, (1, 1, "top\nline 1\n")),
        (OLD.replace("line 5\n", ""), (5, 5, "")),
        (OLD.replace("line 5\n", "line 5\nmore\n"), (5, 5, "line 5\nmore\n")),
        (OLD.replace("line 5\nline 6\n", "a\nb\nc\n"), (5, 6, "a\nb\nc\n")),
        (OLD[:-1], (10, 10, "line 10")),
        (OLD + "end\n", (10, 10, "line 10\nend\n")),
    ],
)
def test_a_suggestion_replaces_whole_lines(after: str, suggested: tuple[int, int, str]) -> None:
    change = at(5, "x")
    assert told(offered(reported({"a.py": after}, change), {"a.py": [range(1, 11)]})) == [suggested]


def test_lines_of_two_hunks_are_no_place_for_one_suggestion() -> None:
    change = at(5, "x")
    after = OLD.replace("line 5\nline 6\n", "a\nb\n")
    offer = offered(reported({"a.py": after}, change), {"a.py": [range(1, 6), range(6, 11)]})
    assert (told(offer), sum(offer.left.values())) == ([], 1)


def test_what_is_too_large_makes_files_or_is_too_much_is_left() -> None:
    large = at(5, "x" * 10_001)
    shown = {path: [range(1, 20)] for path in ("a.py", "new.py", *(f"{n}.py" for n in range(101)))}
    assert offered(reported({"a.py": edited(large)}, large), shown).left == {"larger than 10 kB": 1}
    made = Change("x", "new", "new", Safety.SAFE, (Part("new.py", 1, "new", (Edit("new.py", 0, 0, "x", "create"),)),))
    assert offered(reported({"new.py": "x\n"}, made), shown).left == {"make, move or delete files": 1}
    many = [at(5, "x", path=f"{n}.py") for n in range(101)]
    offer = offered(reported({f"{n}.py": edited(many[0]) for n in range(101)}, *many), shown)
    assert (len(offer.suggestions), offer.left) == (100, {"beyond 100 suggestions": 1})
