"""How a plan is split into items: all of it, nothing twice, and what is at the remote already stays where it is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from codemods.engine.check import Composed
from codemods.engine.propose import Step
from codemods.engine.registry import Spec
from codemods.engine.values import Change, Edit, Part, Safety
from runner.batch.branches import Branch, made
from runner.batch.content import commits
from runner.batch.items import split
from runner.batch.owners import Owners
from runner.batch.settings import BatchSettings
from runner.batch.values import Item
from runner.branches import check_branch_name
from runner.config import Options
from runner.git import Repository
from runner.outcome import Done, Report
from runner.plan import Plan
from runner.request import Asked, make_options
from runner.run import run
from runner.settings import Configuration

Make = Callable[..., Path]
Git = Callable[..., str]
LOCAL = Path(__file__).parent / "local"
NOBODY = Owners()
OWNED = Owners(place="CODEOWNERS", text="*.py\n/api/ @org/api\n/web/ @org/web @ada\n/web/deep/ @ada\n/free/\n")


def change(*paths: str, safety: Safety = Safety.SAFE, needs: Sequence[str] = (), stage: int = 0) -> Change:
    parts = tuple(Part(path, 1, "a reason", (Edit(path, 0, 3, "new"),), safety) for path in paths)
    return Change("x", " ".join(paths), "a reason", safety, parts, stage=stage, needs=tuple(needs))


def reported(*steps: Iterable[Change], lines: Mapping[str, int] | None = None) -> Report:
    """A report of changes that were applied, each of which replaces some lines (one if not said) of its files."""
    done: list[Done] = []
    now: dict[str, bytes] = {}
    before: dict[str, bytes] = {}
    specs = [Spec("asyncio-mark"), Spec("async-fixture"), Spec("async-mock")]
    for number, changes in enumerate(steps):
        mine = tuple(changes)
        paths = dict.fromkeys(path for one in mine for path in one.paths)
        old = {path: now.get(path, b"old\n" * (lines or {}).get(path, 1)) for path in paths}
        new = {path: data + b"x\n" if path in now else data.replace(b"old", b"new") for path, data in old.items()}
        composed = Composed(files=dict(new), before=old, applied=mine)
        done.append(Done(step=Step(specs[number], mine), composed=composed))
        before |= {path: data for path, data in old.items() if path not in now}
        now |= new
    plan = Plan(base="", steps=())
    return Report(
        options=Options(specs=(), where=Path()), plan=plan, steps=tuple(done), before=before, after=dict(now)
    )


def keys(items: Iterable[Item]) -> dict[str, tuple[str, ...]]:
    return {item.key: item.paths for item in items}


# ---- by what it is split -----------------------------------------------------------------------


def test_files_of_one_owner_set_go_together_and_those_of_nobody_by_directory() -> None:
    report = reported(
        [change(p) for p in ("api/a.py", "api/deep/b.py", "web/c.py", "web/deep/d.py", "free/e.py", "f.py")]
    )
    items = split(report, BatchSettings(), OWNED)
    assert keys(items) == {
        "ada": ("web/deep/d.py",),
        "ada-org-web": ("web/c.py",),
        "free": ("free/e.py",),
        "org-api": ("api/a.py", "api/deep/b.py"),
        "top": ("f.py",),
    }
    assert {item.key: item.owners for item in items}["ada-org-web"] == ("@ada", "@org/web")
    assert {item.key: item.about for item in items}["ada-org-web"] == "@ada, @org/web"
    assert [item.owners for item in items if item.key == "free"] == [()]


def test_without_owners_it_is_split_by_directory_as_deep_as_one_likes() -> None:
    report = reported([change(p) for p in ("a/b/c/x.py", "a/b/y.py", "a/z.py", "w.py")])
    assert keys(split(report, BatchSettings(), NOBODY)) == {
        "a": ("a/b/c/x.py", "a/b/y.py", "a/z.py"),
        "top": ("w.py",),
    }
    assert keys(split(report, BatchSettings(split="directory:2"), OWNED)) == {
        "a": ("a/z.py",),
        "a-b": ("a/b/c/x.py", "a/b/y.py"),
        "top": ("w.py",),
    }


def test_it_is_split_by_globs_in_their_order_by_size_or_not_at_all() -> None:
    report = reported([change(p) for p in ("src/a.py", "src/test_a.py", "tests/test_b.py", "setup.py")])
    globs = BatchSettings(split="glob", globs=("test_*.py", "src/*"))
    assert keys(split(report, globs, OWNED)) == {
        "src": ("src/a.py",),
        "test_-py": ("src/test_a.py", "tests/test_b.py"),
        "the-rest": ("setup.py",),
    }
    two = BatchSettings(split="size", max_files=3)
    assert [(i.key, len(i.paths)) for i in split(report, two, OWNED)] == [("part", 3), ("part-2", 1)]
    [alone] = split(report, BatchSettings(split="none", max_files=1), OWNED)
    assert (alone.key, len(alone.paths), alone.notes) == ("all", 4, ())


def test_each_codemod_has_items_and_a_phase_of_its_own() -> None:
    report = reported([change("a/x.py"), change("b/y.py")], [], [change("a/x.py")])
    items = split(report, BatchSettings(split="codemod"), NOBODY)
    assert [(i.key, i.paths, i.phase, i.step) for i in items] == [
        ("asyncio-mark", ("a/x.py", "b/y.py"), 0, 0),
        ("async-mock", ("a/x.py",), 2, 2),
    ]
    assert [i.changes for i in items] == [
        (change("a/x.py").key, change("b/y.py").key),
        (change("a/x.py").key,),
    ]
    in_phases = split(report, BatchSettings(phases="codemod"), NOBODY)
    assert [(i.key, i.phase) for i in in_phases] == [
        ("asyncio-mark-a", 0),
        ("asyncio-mark-b", 0),
        ("async-mock-a", 2),
    ]


def test_each_stage_of_a_codemod_is_a_phase() -> None:
    first, second = change("a.py", "b.py"), change("a.py", "c.py", stage=1)
    before = dict.fromkeys(("a.py", "b.py", "c.py"), b"old\n")
    after = dict.fromkeys(before, b"new\n")
    earlier = {"a.py": b"half\n", "b.py": b"new\n", "c.py": b"old\n"}
    composed = Composed(files=after, before=before, applied=(first, second), earlier=(earlier,))
    step = Step(Spec("asyncio-mark"), (first, second))
    report = replace(reported([first]), steps=(Done(step=step, composed=composed),), before=before, after=after)
    items = split(report, BatchSettings(split="stage"), NOBODY)
    assert [(i.key, i.paths, i.phase, i.step, i.stage, i.lines) for i in items] == [
        ("asyncio-mark-stage-0", ("a.py", "b.py"), 0, 0, 0, 4),
        ("asyncio-mark-stage-1", ("a.py", "c.py"), 1, 0, 1, 4),
    ]
    assert [i.changes for i in items] == [(first.key,), (second.key,)]


# ---- what stays together -----------------------------------------------------------------------


def test_files_that_one_change_links_stay_together_over_all_steps() -> None:
    report = reported([change("a/x.py", "b/y.py"), change("d/v.py")], [change("b/y.py", "c/z.py"), change("a/w.py")])
    assert keys(split(report, BatchSettings(), NOBODY)) == {
        "a": ("a/w.py", "a/x.py", "b/y.py", "c/z.py"),
        "d": ("d/v.py",),
    }


def test_a_change_goes_with_the_one_that_it_needs() -> None:
    report = reported([change("a/x.py"), change("b/y.py", needs=["a/x.py"])])
    assert keys(split(report, BatchSettings(), NOBODY)) == {"a": ("a/x.py", "b/y.py")}


def test_a_file_that_nobody_changes_in_the_end_is_in_no_item() -> None:
    report = reported([change("a.py")])
    [done] = report.steps
    same = replace(
        done.composed, files={**done.composed.files, "b.py": b"b\n"}, before={**done.composed.before, "b.py": b"b\n"}
    )
    assert keys(split(replace(report, steps=(replace(done, composed=same),)), BatchSettings(), NOBODY)) == {
        "top": ("a.py",)
    }


def test_what_is_linked_is_one_item_however_large_and_says_why() -> None:
    many = [f"a/{n}.py" for n in range(5)]
    report = reported([change(*many), change("a/other.py")])
    large, small = split(report, BatchSettings(max_files=3), NOBODY)
    assert (large.paths, small.paths) == (tuple(many), ("a/other.py",))
    assert large.notes == ("larger than asked for (5 files, --max-files 3): its changes link all its files",)
    assert small.notes == ()


def test_a_file_alone_may_be_larger_than_asked_for() -> None:
    report = reported([change("a.py"), change("b.py")], lines={"a.py": 50})
    large, small = split(report, BatchSettings(max_lines=20), NOBODY)
    assert (large.paths, large.lines) == (("a.py",), 100)
    assert large.notes == ("larger than asked for (100 lines, --max-lines 20): it is one file",)
    assert small.notes == ()


def test_unsafe_changes_are_counted() -> None:
    report = reported([change("a.py", safety=Safety.UNSAFE), change("b.py"), change("c.py", safety=Safety.UNSAFE)])
    [item] = split(report, BatchSettings(), NOBODY)
    assert item.unsafe == 2


# ---- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "key"),
    [
        ("a.b", "a-b"),
        ("UPPER", "upper"),
        ("with space", "with-space"),
        ("-x", "x"),
        ("héllo", "hello"),
        ("x.lock", "x-lock"),
        ("__init__", "__init__"),
        ("数", "4c9a4f"),
        ("a" * 80, "a" * 43 + "-28165978"[:7]),
    ],
)
def test_a_key_is_a_word_that_any_branch_can_end_with(folder: str, key: str, make_repo: Make) -> None:
    [item] = split(reported([change(f"{folder}/x.py")]), BatchSettings(), NOBODY)
    repository = Repository.open(make_repo({"a": "a"}))
    check_branch_name(repository, f"codemod/batch/{item.key}")
    assert re.fullmatch("[a-z0-9_-]{1,50}", item.key)
    if key[0] not in "94" and len(folder) < 80:
        assert item.key == key


def test_no_two_items_have_one_name_in_any_case() -> None:
    report = reported([change(f"{folder}/x.py") for folder in ("A b", "a-b", "a.b", "a b", "a-b-2")])
    found = [item.key for item in split(report, BatchSettings(), NOBODY)]
    assert len({key.casefold() for key in found}) == len(found) == 5


# ---- what is there already ---------------------------------------------------------------------


def test_what_a_pull_request_holds_stays_in_it() -> None:
    small = BatchSettings(max_files=2)
    first = split(reported([change(f"a/{n}.py") for n in "bdfh"]), small, NOBODY)
    assert keys(first) == {"a": ("a/b.py", "a/d.py"), "a-2": ("a/f.py", "a/h.py")}
    held = keys(first)
    # d is merged by hand, a, c and e come
    second = split(reported([change(f"a/{n}.py") for n in "abcefh"]), small, NOBODY, held)
    assert keys(second) == {"a": ("a/a.py", "a/b.py"), "a-2": ("a/f.py", "a/h.py"), "a-3": ("a/c.py", "a/e.py")}


def test_a_key_is_never_used_again_for_other_files() -> None:
    report = reported([change("a/x.py")])
    assert keys(split(report, BatchSettings(), NOBODY, {"a": ()})) == {"a-2": ("a/x.py",)}  # merged
    assert keys(split(report, BatchSettings(), NOBODY, {"a": ("a/gone.py",)})) == {"a-2": ("a/x.py",)}


def test_what_was_closed_gets_no_other_files() -> None:
    report = reported([change("a/x.py"), change("a/y.py")])
    held = {"a": ("a/x.py",)}
    assert keys(split(report, BatchSettings(), NOBODY, held)) == {"a": ("a/x.py", "a/y.py")}
    assert keys(split(report, BatchSettings(), NOBODY, held, closed={"a"})) == {"a": ("a/x.py",), "a-2": ("a/y.py",)}


def test_held_files_that_a_change_links_now_go_to_one_item_and_that_is_told() -> None:
    held = {"a": ("a/x.py", "a/y.py"), "b": ("b/z.py",)}
    first, *others = split(reported([change("a/x.py", "b/z.py"), change("a/y.py")]), BatchSettings(), NOBODY, held)
    assert (first.key, first.paths, others) == ("a", ("a/x.py", "a/y.py", "b/z.py"), [])
    assert first.notes == ("b/z.py was in b; a change links it to this one now",)


def test_held_parts_of_phases_stay_in_their_phase() -> None:
    report = reported([change("a.py"), change("b.py")], [change("a.py"), change("c.py")])
    settings = BatchSettings(split="codemod", max_files=1)
    first = split(report, settings, NOBODY)
    assert [(i.key, i.paths) for i in first] == [
        ("asyncio-mark", ("a.py",)), ("asyncio-mark-2", ("b.py",)), ("async-fixture", ("a.py",)), ("async-fixture-2", ("c.py",)),
    ]  # fmt: skip
    swapped = {"asyncio-mark": ("b.py",), "asyncio-mark-2": ("a.py",), "async-fixture": ("c.py",)}
    assert [(i.key, i.paths) for i in split(report, settings, NOBODY, swapped)] == [
        ("asyncio-mark", ("b.py",)), ("asyncio-mark-2", ("a.py",)), ("async-fixture", ("c.py",)), ("async-fixture-2", ("a.py",)),
    ]  # fmt: skip


# ---- properties --------------------------------------------------------------------------------


def _random(seed: int) -> tuple[random.Random, list[list[Change]], BatchSettings, dict[str, int]]:
    chance = random.Random(seed)
    folders = ["api", "web", "web/deep", "free", "x/y", "."]
    files = [f"{chance.choice(folders)}/{n}.py".removeprefix("./") for n in range(chance.randint(2, 25))]
    steps = []
    for _ in range(chance.randint(1, 3)):
        chosen = {tuple(sorted(chance.sample(files, chance.choice([1, 1, 1, 1, 2])))) for _ in range(len(files))}
        steps.append([change(*paths) for paths in sorted(chosen)])
    kind = chance.choice(["", "owner", "directory", "directory:2", "size", "glob", "codemod"])
    settings = BatchSettings(
        split=kind,
        globs=("web/*",),
        phases=chance.choice(["", "", "codemod"]),
        max_files=chance.choice([1, 3, 100]),
        max_lines=chance.choice([4, 20, 2000]),
    )
    return chance, steps, settings, {file: chance.randint(1, 6) for file in files}


def _checked(items: Sequence[Item], steps: Sequence[Sequence[Change]], settings: BatchSettings) -> None:
    names = [item.key for item in items]
    assert len({*names}) == len(names)
    found = [(item.step, key) for item in items for key in item.changes]
    wanted = (
        [(n, c.key) for n, changes in enumerate(steps) for c in changes]
        if settings.by_step
        else [(None, key) for key in {c.key for changes in steps for c in changes}]
    )
    assert sorted(found, key=str) == sorted(wanted, key=str)
    paths = [(item.step, path) for item in items for path in item.paths]
    assert len({*paths}) == len(paths)
    for item in items:
        within = len(item.paths) <= settings.max_files and item.lines <= settings.max_lines
        assert within or item.notes


@pytest.mark.parametrize("seed", range(12))
def test_every_change_is_in_one_item_and_nothing_else_moves_when_a_file_comes_or_goes(seed: int) -> None:
    chance, steps, settings, lines = _random(seed)
    owners = chance.choice([OWNED, NOBODY])
    items = split(reported(*steps, lines=lines), settings, owners)
    _checked(items, steps, settings)
    assert items == split(reported(*steps, lines=lines), settings, owners)
    where = {(item.step, path): item.key for item in items for path in item.paths}
    goes = chance.choice(sorted(lines))
    fewer = [[c for c in changes if goes not in c.paths] for changes in steps]
    more = [[*changes, change(f"{chance.choice(['api', 'x/y', 'new'])}/come.py")] for changes in steps]
    for others in (fewer, more):
        again = split(reported(*others, lines=lines), settings, owners, keys(items))
        _checked(again, others, settings)
        for item in again:
            for path in item.paths:
                assert where.get((item.step, path), item.key) == item.key


# ---- what an item holds ------------------------------------------------------------------------


def test_the_commits_of_an_item_hold_its_files_and_tell_of_these_alone(make_repo: Make, git: Git) -> None:
    module = "from legacy import old\n\n\ndef f():\n    return old(1), old(2, key=3)\n"
    other = "from lib import new\n\nprint(new)\n"
    repo = make_repo({"a/x.py": module, "a/y.py": module, "b/z.py": module, "c/w.py": other, "d/v.py": other})
    names = (str(LOCAL / "swap_call.py"), str(LOCAL / "rename_everywhere.py"))
    asked = Asked(names=names, own={}, pairs=(), settings={"dry_run": True, "jobs": 1}, paths=())
    report = run(make_options(asked, repo, Configuration()))
    repository = Repository.open(repo)

    [whole] = split(report, BatchSettings(), NOBODY)  # the second codemod links all files
    assert whole.paths == ("a/x.py", "a/y.py", "b/z.py", "c/w.py", "d/v.py")
    first, second = commits(whole, report, repository, "swap")
    assert sorted(first.files) == ["a/x.py", "a/y.py", "b/z.py"]
    assert sorted(second.files) == [*whole.paths]

    report = run(make_options(replace(asked, names=names[:1]), repo, Configuration()))
    a, b = split(report, BatchSettings(), NOBODY)
    [commit] = commits(a, report, repository, "swap")
    assert [*commit.files] == ["a/x.py", "a/y.py"]
    assert "\n2 changes in 2 files; 2 changes left for review.\n" in commit.message
    assert commit.message.endswith(
        f"\n\nCodemod: swap-call 1\nCodemod-Batch: swap\nCodemod-Item: a\nCodemod-Plan: {report.plan.hash}\n"
    )
    branches = [
        Branch(name=f"codemod/swap/{item.key}", base=report.base, commits=commits(item, report, repository, "swap"))
        for item in (a, b)
    ]
    ids = made(repository, branches)
    for item in (a, b):
        [tip] = ids[f"codemod/swap/{item.key}"]
        assert tuple(git(repo, "diff", "--name-only", report.base, tip).split("\n")) == item.paths
        added, removed = map(
            int, re.findall(r"(\d+) (?:insert|delet)", git(repo, "diff", "--shortstat", report.base, tip))
        )
        assert item.lines == added + removed
        size = len(git(repo, "diff", "-U3", "--no-renames", "--full-index", report.base, tip).encode()) + 1
        assert item.size <= size


def test_a_later_phase_holds_what_its_step_does(make_repo: Make) -> None:
    module = "from legacy import old\n\n\ndef f():\n    return old(1)\n"
    repo = make_repo({"a/x.py": module, "c/w.py": "from lib import new\n\nprint(new)\n"})
    names = (str(LOCAL / "swap_call.py"), str(LOCAL / "rename_everywhere.py"))
    asked = Asked(names=names, own={}, pairs=(), settings={"dry_run": True, "jobs": 1}, paths=())
    report = run(make_options(asked, repo, Configuration()))
    repository = Repository.open(repo)
    first, second = split(report, BatchSettings(split="codemod"), NOBODY)
    assert (first.key, first.paths, second.key, second.paths) == (
        "swap-call", ("a/x.py",), "rename-everywhere", ("a/x.py", "c/w.py"),
    )  # fmt: skip
    assert [sorted(c.files) for c in commits(first, report, repository, "b")] == [["a/x.py"]]
    assert [sorted(c.files) for c in commits(second, report, repository, "b")] == [["a/x.py", "c/w.py"]]
