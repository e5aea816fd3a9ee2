"""Measure codemod beside its peers, in one run on one machine, and write BENCHMARKS.md.

Every row pairs a command of a peer with one of ours (A B A B …), both on the same commit with the
same number of jobs; the ratio of the medians stands first. `--only TEXT` renews the rows whose name
holds TEXT. `--beside CODEMOD` pairs every command of ours with the same one of another installation,
say that of the last release: it prints the table, writes nothing, and ends with 1 where a row is more
than a tenth slower.
"""

from __future__ import annotations

import argparse
import functools
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus import ENV, PINS, commit, git, repository
from formatted import formatted
from measuring import Command, Result, Row, run
from page import BIN, JOBS, SAMPLE, page, renewed, sections_of, table_line
from peers import PYUPGRADE, ROPE, TY, tool
from rename_symbols import draw, symbols
from reviewing import reviewed
from sdists import CACHE

from tests.clusters import Cluster, clusters

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = ROOT / "BENCHMARKS.md"
OLD, NEW = "minion_opts", "minion_config_opts"
BRANCH = "codemod/bench"
_until_the_end = ExitStack()
CLUSTER = "1,000 small files, a cluster of two on loopback"
_PARSE = "import ast, sys; ast.parse(open(sys.argv[1], 'rb').read())"


# ---- the sides ---------------------------------------------------------------------------------


def _forget(where: Path, warm: bool = False) -> None:
    """No branch of an earlier run and, when cold, no plan and no cache."""
    if not warm:
        shutil.rmtree(where / ".git" / "codemod", ignore_errors=True)
    if git(where, "branch", "--list", BRANCH):
        git(where, "branch", "-qD", BRANCH)


def ours(where: Path, *arguments: str, warm: bool = False, title: str = "codemod") -> Command:
    argv = (str(BIN / "codemod"), "run", *arguments, "--format", "off", "-j", JOBS)
    if "--dry-run" in arguments:
        return Command(title, argv, where, lambda: _forget(where, warm), prime=warm)

    def changed() -> int:
        if not git(where, "branch", "--list", BRANCH):
            return 0
        return len(git(where, "diff", "--name-only", "HEAD", BRANCH).splitlines())

    argv = (*argv, "--branch", BRANCH, "--force")
    return Command(title, argv, where, lambda: _forget(where, warm), changed, prime=warm)


def _review(what: str, *peer: str) -> Command:
    """Somebody at a terminal; a peer's changes lie in the work tree."""
    where = reviewed(applied=bool(peer))
    argv = peer or (str(BIN / "codemod"), "review")
    words = (sys.executable, str(HERE / "reviewing.py"), what.split()[1], *argv)
    return Command(" ".join((Path(argv[0]).name, *argv[1:])), words, where, partial(_undecided, where), prints=True)


def _undecided(where: Path) -> None:
    for kept in where.glob(".git/codemod/plans/*.decisions.jsonl"):
        kept.unlink()


def in_place(where: Path, title: str, *argv: str) -> Command:
    """A peer that edits files: its copy of the corpus is put back before each run."""
    return Command(
        title,
        argv,
        where,
        lambda: (git(where, "checkout", "-qf", "."), None)[1],
        lambda: len(git(where, "diff", "--name-only").splitlines()),
    )


def libcst(where: Path, command: str, *arguments: str, whole: bool) -> Command:
    """Its time is a sum over files, minutes long: one file in eight stands for the others."""
    tool = (sys.executable, "-m", "libcst.tool", "codemod", "-x", f"libcst_peers.{command}")
    options = ("-j", JOBS, "--no-format", "--hide-progress")
    if whole:
        return in_place(where, "LibCST's runner", *tool, *arguments, *options, ".")
    paths = sorted(path for path in where.rglob("*.py"))
    chosen = paths[::SAMPLE]
    share = sum(p.stat().st_size for p in chosen) / sum(p.stat().st_size for p in paths)
    files = (str(path.relative_to(where)) for path in chosen)
    side = in_place(where, "LibCST's runner *", *tool, *arguments, *options, *files)
    return replace(side, share=share, changed=None)


def grep(where: Path, needle: str) -> Command:
    argv = ("git", "grep", "-lz", "-F", "--text", "-e", needle, "HEAD", "--", "*.py")
    return Command("git grep", argv, where)


def deliver(where: Path, side: str, title: str) -> Command:
    argv = (sys.executable, str(HERE / "delivery.py"), side, "1700")
    return Command(title, argv, where, lambda: _forget(where), prints=True)


def _copy(one: Path, name: str) -> Path:
    """A clone that a row may write to."""
    copy = one.with_name(f"{one.name}-{name}")
    if not copy.exists():
        subprocess.run(["git", "clone", "-q", one, copy], env=ENV, check=True)
    return copy


def _cpu(where: Path, word: str) -> Command:
    """The CPU seconds of modernize-typing, with the project's formatter or without."""
    run = (
        str(BIN / "codemod"),
        "run",
        "modernize-typing",
        "-n",
        "--stat",
        "--no-cache",
        "--format",
        word,
        "-j",
        JOBS,
    )
    argv = (sys.executable, str(HERE / "formatted.py"), *run)
    return Command(f"codemod --format {word}", argv, where, lambda: _forget(where), prints=True)


def _renames(one: Path) -> Path:
    """A map of a hundred functions, classes and methods, drawn by a seed."""
    found = [
        s
        for p in ("salt", "celery", "synapse", "pandas")
        for top in one.iterdir()
        for s in symbols(one, [p], top.name)
    ]
    kinds = [each for each in found if each.kind in ("function", "class", "method")]
    drawn = draw(kinds, "", seed=14, each=34)[:100]
    file = CACHE / "renames.toml"
    file.write_text("".join(f'"{each.dotted}" = "{each.fresh}"\n' for each in drawn))
    return file


def _commit_an_edit(file: Path) -> None:
    """A new commit that differs from the one before in one file."""
    with file.open("a") as text:
        text.write("# edited\n")
    git(file.parent, "commit", "-qam", "an edit")


def _report(one: Path) -> Path:
    """What `pytest --durations=0` would print if every seventh test function were slow."""
    report = CACHE / "durations.txt"
    lines = git(one, "grep", "-oE", r"^(async )?def test_\w+", "--", "*.py").splitlines()
    tests = (f"{path}::{code.split()[-1]}" for path, _, code in (s.partition(":") for s in lines))
    report.write_text("".join(f"2.00s call     {test}\n" for test in list(tests)[::7]))
    return report


def _small_files() -> Path:
    """A project of a thousand small files, all of which change."""
    where = CACHE / "small-files"
    if not (where / ".git").exists():
        where.mkdir(exist_ok=True)
        body = "\n\ndef f{0}(a: Optional[int], b: List[str]) -> Optional[List[int]]:\n    return None\n"
        text = "from typing import List, Optional\n" + "".join(map(body.format, range(5)))
        for number in range(1000):
            (where / f"m{number}.py").write_text(text)
        commit(where)
    return where


@functools.cache
def _cluster() -> str:
    """A scheduler and two workers of one thread on this machine, for as long as the bench runs."""
    folder = CACHE / "cluster"
    folder.mkdir(exist_ok=True)
    made = Cluster(folder, tls=False)
    _until_the_end.enter_context(clusters(made, env={}))
    return made.engine


def _on(engine: str, title: str) -> Command:
    where = _small_files()
    words = ("modernize-typing", "--target-version", "3.11", "--no-cache", "--engine", engine)
    return ours(where, *words, title=title)


def _lines(file: Path) -> int:
    return file.read_bytes().count(b"\n")


def _is_about_2000(file: Path) -> tuple[int, str]:
    """For the file that is nearest to 2,000 lines."""
    return -abs(_lines(file) - 2000), str(file)


# ---- the rows ----------------------------------------------------------------------------------


def rows(there: set[str], whole: bool, cluster: bool = False) -> Iterator[Row]:
    one, two, four = (repository(times) for times in (1, 2, 4))
    copy = _copy(one, "peer")
    rename = ("fixture-rename", "--old", OLD, "--new", NEW)
    nothing = ("fixture-rename", "--old", "no_such_fixture", "--new", "nor_this", "--dry-run")
    python = Command("python -c pass", (sys.executable, "-c", "pass"), one)
    ruff = (str(BIN / "ruff"), "check", "--isolated", "--no-cache", "--quiet")

    def codemod(*argv: str) -> Command:
        return Command("codemod", (str(BIN / "codemod"), *argv), one)

    yield Row("`--version`", codemod("--version"), python, 3, runs=15)
    yield Row("`--help`", codemod("--help"), python, 8, runs=15)
    need = "fixture-rename"
    yield Row("finds nothing", ours(one, *nothing), grep(one, "no_such_fixture"), 2, need, 9)
    yield Row("finds nothing, 4×", ours(four, *nothing), grep(four, "no_such_fixture"), 2, need, 5)
    cold = ours(one, *rename, title="codemod, cold")
    yield Row("fixture-rename", cold, libcst(copy, "Rename", *rename[1:], whole=whole), 1 / 20, need)
    dry = ours(one, *rename, "--dry-run", title="codemod, cold dry run")
    warm = ours(one, *rename, "--dry-run", warm=True, title="codemod, warm dry run")
    yield Row("fixture-rename, warm", warm, dry, 1 / 5, need)
    yield Row("fixture-rename, dry run", dry, grep(one, OLD), None, need)
    check = Command("ruff check F", (*ruff, "--select", "F", "."), one)
    yield Row("fixture-rename, dry run", dry, check, None, need)
    for times, where in ((2, two), (4, four)):
        larger = ours(where, *rename, "--dry-run", title=f"codemod, corpus {times}×")
        smaller = Command("codemod, corpus 1×", dry.argv, one, dry.before)
        yield Row(f"corpus {times}× against 1×", larger, smaller, times * 1.1, need)

    spare = _copy(one, "delivery")
    branch = deliver(spare, "ours", "codemod")
    yield Row("branch with 1,700 files", branch, deliver(spare, "git", "git fast-import"), 2)
    # more than 3 s to the first change or 50 ms for a key, and more than 300 MB, end the bench with an error
    for what, limit in (("first change", 3), ("slowest key", None)):
        yield Row(f"review of 30,000 changes, {what}", _review(what), _review(what, "git", "add", "-p"), limit)

    slow = str(_report(one))
    for name, mine, theirs in (
        ("asyncio-mark", (), ()),
        ("async-fixture", (), ()),
        ("fixture-scope", (), ()),
        ("mark-slow", ("--report", slow), ("--report", slow)),
        ("async-mock", (), ()),
    ):
        peer = libcst(copy, name.title().replace("-", ""), *theirs, whole=whole)
        yield Row(name, ours(one, name, *mine), peer, 1 / 20, name)
        look = (name, *mine, "--dry-run")
        again = ours(one, *look, warm=True, title="codemod, warm dry run")
        first = ours(one, *look, title="codemod, cold dry run")
        yield Row(f"{name}, warm", again, first, 1 / 5, name)

    other = _copy(one, "edited")
    for name in ("fixture-rename", "asyncio-mark"):
        first, mine = other / next(p for p in git(other, "ls-files", "*/tests/test_*.py").splitlines()), ()
        if name == "fixture-rename":
            mine = ("--old", OLD, "--new", NEW)
        edited = ours(other, name, *mine, "--dry-run", warm=True, title="codemod, the commit after")
        edited = replace(edited, before=lambda file=first: _commit_an_edit(file))
        look = ours(other, name, *mine, "--dry-run", title="codemod, cold dry run")
        yield Row(f"{name}, one file changed since", edited, look, None, name)

    near = max((one / PINS[0].label / "salt").rglob("*.py"), key=_is_about_2000)
    look = ("split", "propose", str(near.relative_to(one)))
    second = Command("sleep 1", ("sleep", "1"), one)
    yield Row(
        f"split propose of {_lines(near):,} lines, beside a second", codemod(*look), second, 2, "split-module", 5
    )
    trees = Command("ast.parse", (sys.executable, "-c", _PARSE, str(near)), one)
    yield Row(f"split propose of {_lines(near):,} lines", codemod(*look), trees, None, "split-module", 5)

    large = f"{next(p.label for p in PINS if p.name == 'matrix-synapse')}/synapse/handlers/room.py"
    split = ours(one, "split-module", "--module", large, "--dry-run", title="codemod, cold dry run")
    name = f"split-module of {_lines(one / large):,} lines"
    yield Row(f"{name}, beside a second", split, second, 6, "split-module")
    yield Row(name, split, grep(one, "room"), None, "split-module")
    trees = Command("ast.parse", (sys.executable, "-c", _PARSE, str(one / large)), one)
    yield Row(name, split, trees, None, "split-module")

    name = "narrow-except"
    look = (name, "--unsafe", "--dry-run")
    first = ours(one, *look, title="codemod, cold dry run")
    yield Row(f"{name}, cold, beside a second", first, second, 20, name)
    edited = ours(other, *look, warm=True, title="codemod, the commit after")
    guarded = next(
        p for p in git(other, "grep", "-l", "except Exception", "--", "*.py").splitlines() if "/test" not in p
    )
    edited = replace(edited, before=lambda file=other / guarded: _commit_an_edit(file))
    yield Row(f"{name}, one file changed since, beside a second", edited, second, 2, name)

    name = "rename-symbol"
    if name in there:
        where, old, new = "salt/utils/stringutils.py", "to_unicode", "to_text"
        chosen = ("--symbol", f"salt.utils.stringutils.{old}", "--to", new)
        look = (name, *chosen, "--dry-run")
        asks = (
            sys.executable,
            str(HERE / "ty_rename.py"),
            str(tool(TY, "ty")),
            str(one / PINS[0].label),
            where,
            old,
            new,
        )
        peer = Command("ty's language server, salt alone", asks, one, prints=True)
        first = ours(one, *look, title="codemod, cold dry run")
        again = ours(one, *look, warm=True, title="codemod, warm dry run")
        yield Row(f"{name}, cold", first, peer, 1, name)
        script = (str(HERE / "rope_rename.py"), str(one / PINS[0].label), where, old, new)
        rope = Command("rope, salt alone", (str(tool(ROPE, "python")), *script), one, prints=True)
        yield Row(f"{name}, cold", first, rope, 1, name)
        yield Row(f"{name}, cold, beside a second", first, second, 2, name)
        yield Row(f"{name}, warm, beside a second", again, second, 1 / 2, name)
        used = (
            sys.executable,
            str(HERE / "formatted.py"),
            str(BIN / "codemod"),
            "run",
            name,
            "-n",
            "--stat",
            "--no-cache",
        )
        used = (*used, "--unsafe", "--format", "off", "-j", JOBS)
        many = Command("codemod --map", (*used, "--map", str(_renames(one))), one, prints=True)
        single = Command("codemod --symbol", (*used, *chosen), one, prints=True)
        yield Row(f"{name}, a hundred beside one, CPU", many, single, 1.5, name)
        # the one of the hundred whose name most files say: what is read is nearly the same
        common = (*used, "--symbol", "salt.states.debconfmod.set", "--to", "zest_set")
        widest = Command("codemod --symbol, `set`", common, one, prints=True)
        yield Row(f"{name}, a hundred beside the widest of them, CPU", many, widest, 1.5, name)

    if cluster:
        near, far = _on("local", "codemod, this machine"), _on(_cluster(), "codemod --engine dask")
        yield Row(CLUSTER, far, near, 3, runs=5)

    name = "modernize-typing"
    target = ("--target-version", "3.10")
    rules = ("--select", "UP006,UP007,UP035,UP037,UP045", "--target-version", "py310", "--fix", ".")
    fix = in_place(copy, "ruff --fix", *ruff, *rules)
    yield Row(name, ours(one, name, *target, title="codemod, cold"), fix, 3, name)
    yield Row(f"{name}, warm", ours(one, name, *target, warm=True, title="codemod, warm"), fix, 1, name)
    kept = formatted() if name in there else one
    with_it, without = (_cpu(kept, word) for word in ("auto", "off"))
    # of ten parts of the CPU at most one is the formatter's
    yield Row(f"{name}, 2,000 formatted files, CPU", with_it, without, 1 / 0.9, name)
    if name not in there:
        return  # pyupgrade is installed only for its row
    each = f"git ls-files -z '*.py' | xargs -0 -n 200 -P {JOBS} {tool(PYUPGRADE, 'pyupgrade')} --py310-plus"
    shell = in_place(copy, "pyupgrade", "sh", "-c", f"{each} >/dev/null 2>&1 || true")
    yield Row(name, ours(one, name, *target, title="codemod, cold"), shell, 1 / 3, name)


def beside(other: str, there: set[str]) -> Iterator[Row]:
    """Each command of ours once, with that of another installation as its peer."""
    mine = str(BIN / "codemod")
    seen = set()
    for row in rows(there, whole=False):
        command = row.ours
        key = (command.argv, command.where, command.prime)
        # the commit after an edit is made before each run: no two are alike
        if command.argv[0] != mine or "the commit after" in command.title or key in seen:
            continue
        seen.add(key)
        where = _copy(command.where, "beside")  # what one keeps must not push out what the other does
        before = partial(_forget, where, command.prime) if command.argv[1] == "run" else command.before
        argv = (other, *command.argv[1:])
        peer = replace(command, title="the other codemod", argv=argv, where=where, before=before, changed=None)
        yield Row(name=row.name, ours=command, peer=peer, limit=1.1, needs=row.needs, runs=row.runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", metavar="TEXT", help="rows whose name holds this")
    parser.add_argument("--whole", action="store_true", help="LibCST's runner over all files")
    parser.add_argument("--beside", default="", metavar="CODEMOD", help="the console script of another installation")
    parser.add_argument("--layouts", action="store_true", help="layouts beside people's instead; see layouts.py")
    parser.add_argument("--simulate", action="store_true", help="a large cluster instead; see simulation.py")
    chosen, rest = parser.parse_known_args()
    if chosen.layouts:
        import layouts

        return layouts.main(rest)
    if chosen.simulate:
        import simulation

        return simulation.main()
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    listed = subprocess.run([BIN / "codemod", "list"], capture_output=True, text=True).stdout
    there = set(re.findall(r"^[a-z]+(?:-[a-z]+)+", listed, re.MULTILINE))
    results: list[Result] = []
    if chosen.beside:
        for row in beside(str(Path(chosen.beside).absolute()), there):
            if chosen.only in row.name and (not row.needs or row.needs in there):
                results.append(run(row))
                print(table_line(results[-1]), flush=True)
        sys.exit(any(result.met != "yes" for result in results))
    todo = [row for row in rows(there, chosen.whole, chosen.only in CLUSTER) if chosen.only in row.name]
    waiting = [row.name for row in todo if row.needs and row.needs not in there]
    for row in todo:
        if row.name in waiting:
            continue
        results.append(run(row))
        print(table_line(results[-1]), flush=True)
        # after every row: an hour's work survives an interruption
        if chosen.only:
            PAGE.write_text(renewed(PAGE.read_text(), results[-1]))
        else:
            left = [row.name for row in todo[todo.index(row) + 1 :] if row.name not in waiting]
            PAGE.write_text(page(results, waiting + left, sections_of(PAGE.read_text())))


if __name__ == "__main__":
    with _until_the_end:
        main()
