"""What a person or a program reads after a run. stdout is data (the diff, JSON), stderr is talk."""

from __future__ import annotations

import base64
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from codemods.engine.values import Change, Safety, Skip

from .diff import diffstat, patch
from .git import FOREIGN
from .message import HINT, plural
from .outcome import FAILED, Done, Report
from .plan import change_to_json, skip_to_json
from .plans import Row, Shelf
from .terminal import Paint, colored, hides, line, page, printable, quoted, say, visible
from .trees import to_bytes
from .undo.records import BLAME_LIST

SHOWN = 5  # skips shown per code; --verbose shows all


def show(report: Report) -> None:
    """Print the report in the format that was asked for: data to stdout, then the talk.

    Raises RunFailed where git cannot show the change.
    """
    options = report.options
    if options.output_format == "json":
        print(json.dumps(document(report), indent=2))
    elif options.output_format == "jsonl":
        for record in records(report):
            print(json.dumps(record))
    elif options.output_format == "patch":
        sys.stdout.buffer.write(_patch(report))
    elif options.stat:
        _page(diffstat(_patch(report)), report)
    elif options.dry_run:
        _page(_patch(report, color=colored(options.color, sys.stdout)), report)
    elif options.check:
        for path in report.after:
            print(quoted(path))
    sys.stdout.flush()
    say(*(failures if options.quiet else talk)(report, colored(options.color, sys.stderr)))


def _patch(report: Report, color: bool = False) -> bytes:
    """For git the project's text as it is; on a terminal a person is shown what hides in it."""
    before, after = report.before, report.after
    if sys.stdout.isatty() and any(hides(data) for data in (*before.values(), *after.values()) if data is not None):
        before = {path: visible(data) for path, data in before.items()}
        after = {path: None if data is None else visible(data) for path, data in after.items()}
    return patch(before, after, report.modes, color=color, moves=report.moves)


def _page(text: bytes, report: Report) -> None:
    if text:
        page(text, _pager(report) if sys.stdout.isatty() else "")


def _pager(report: Report) -> str:
    """The user's pager as git knows it, in the repository whose change is shown; "" for none."""
    here = {k: v for k, v in os.environ.items() if not FOREIGN.fullmatch(k)}
    asked = ["git", "var", "GIT_PAGER"]
    done = subprocess.run(asked, cwd=report.top, env=here, capture_output=True, text=True, check=False)
    found = done.stdout.strip() or os.environ.get("PAGER", "less")
    return "" if found == "cat" else found


# ---- JSON --------------------------------------------------------------------------------------


def document(report: Report) -> dict[str, Any]:
    """One JSON document. Paths are text; one that is not UTF-8 has its bytes in `path_b64` too."""
    return {
        "schema_version": 1,
        "base": report.base,
        "plan": report.plan.hash,
        "branch": report.branch,
        "pushed": report.pushed,
        "pull_request": report.pull,
        "commits": list(report.commits),
        "undo": report.undo,
        "left": [path_json(path) for path in report.left],
        "dry_run": report.options.dry_run,
        "steps": [_step(done) for done in report.steps],
        "files": [_file(path, report) for path in report.after],
        "failures": [skip_to_json(s) | path_json(s.path) for s in report.failed],
        "remarks": list(report.remarks),
        "verified": verified_json(report),
        "exit_code": report.exit_code,
    }


def verified_json(report: Report) -> dict[str, Any] | None:
    """How the tests judged it; None where they were not asked."""
    found = report.verified
    if found is None:
        return None
    counts = {"tests": found.tests, "runs": found.runs, "narrow_runs": found.narrow, "base_runs": found.base_runs}
    excluded = {key: {"tests": list(why.tests), "reason": why.reason} for key, why in sorted(found.excluded.items())}
    kept = {"kept": sorted(found.kept), "excluded": excluded}
    return kept | {"set_aside": list(found.set_aside), "notes": list(found.notes)} | counts


def records(report: Report) -> Iterator[dict[str, Any]]:
    """The same, one record a line, each with its `type`."""
    for done in report.steps:
        step = _step(done)
        for change in step["changes"]:
            yield {"type": "change", "codemod": step["codemod"], **change}
        for skip in step["skips"]:
            yield {"type": "skip", "codemod": step["codemod"], **skip}
    for path in report.after:
        yield {"type": "file", **_file(path, report)}
    whole = document(report)
    yield {"type": "run", **{k: v for k, v in whole.items() if k not in ("steps", "files")}}


def _step(done: Done) -> dict[str, Any]:
    codemod = done.step.spec.codemod()
    return {
        "codemod": codemod.name,
        "version": codemod.version,
        "options": codemod.options,
        "files_searched": done.step.files,
        "changes": [change_to_json(change) | {"state": done.state(change)} for change in done.step.changes],
        "moved": asdict(done.moved),
        "skips": [skip_to_json(s) | path_json(s.path) for s in done.skips],
    }


def _file(path: str, report: Report) -> dict[str, Any]:
    status = "deleted" if report.after[path] is None else "modified" if path in report.before else "created"
    if old := report.renames.get(path):
        return path_json(path) | {"status": "moved", "from": path_json(old)}
    return path_json(path) | {"status": status}


def path_json(path: str) -> dict[str, str]:
    raw = to_bytes(path)
    shown = raw.decode("utf-8", "replace")
    return {"path": shown} if shown == path else {"path": shown, "path_b64": base64.b64encode(raw).decode()}


def listed_plans(shelf: Shelf, as_json: bool) -> Iterator[str]:
    """`codemod plans`: a line each; a header where a person reads."""
    rows = [(row, shelf.decided(row)) for row in shelf.rows()]
    if as_json:
        names = ("id", "hash", "name", "base", "codemods", "changes")
        told = [{**{n: getattr(row, n) for n in names}, "decided": count} for row, count in rows]
        yield json.dumps(told, indent=2)
        return
    table = [
        (row.id, row.base[:8] or "(files)", _called(row), str(row.changes), str(count), _when(row.made))
        for row, count in rows
    ]
    if sys.stdout.isatty() and table:
        table.insert(0, ("ID", "BASE", "CODEMODS", "CHANGES", "DECIDED", "MADE"))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        yield "  ".join(
            cell.rjust(width) if 3 <= n <= 4 else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()


def _called(row: Row) -> str:
    codemods = ",".join(row.codemods)
    return codemods if row.name == codemods.replace(",", "-") else f"{row.name}: {codemods}"


def _when(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds):%Y-%m-%d %H:%M}"


# ---- talk --------------------------------------------------------------------------------------


def talk(report: Report, color: bool) -> Iterator[str]:
    """The summary: what changed, what failed, what waits for a decision, what was left alone and why, what to
    type next. Each line is quoted for a terminal."""
    paint = Paint(color)
    for done in report.steps:
        yield from _step_talk(done, report, paint)
    yield from _verified(report, paint)
    yield from failures(report, color)
    for remark in report.remarks:
        yield paint("yellow", remark)
    if unread := _unread(*report.unread):
        yield paint("dim", f"{unread} not in {report.options.base}")
    yield from _outcome(report, paint)


def failures(report: Report, color: bool) -> Iterator[str]:
    """A line for everything that makes the exit code 3: what `--quiet` leaves."""
    paint = Paint(color)
    if report.interrupted:
        yield paint("red", "interrupted while this was written; it was written to the end")
    for skip in report.failed:
        yield paint("red", f"{_place(skip.path, skip.line)}: {skip.reason} ({skip.code})")


def verdict(report: Report) -> Iterator[str]:
    """What the tests said, where nothing is delivered."""
    paint = Paint(colored(report.options.color, sys.stderr))
    yield from _verified(report, paint)
    for done in report.steps:
        yield from _left_out(done, paint)


def _verified(report: Report, paint: Paint) -> Iterator[str]:
    found = report.verified
    if found is None:
        return
    runs = f"{plural(found.runs, 'run')} of the command"
    if found.narrow:
        runs += f", {found.narrow:,} of chosen tests"
    if not found.kept:
        yield paint("red", f"verified: nothing is left that the tests pass with ({runs})")
        return
    told = f"{plural(found.tests, 'test')} pass with it" if found.tests != 1 else "1 test passes with it"
    yield paint("green", f"verified: {told if found.tests else 'the command passes with it'} ({runs})")
    yield from (paint("dim", f"  {note}") for note in found.notes)


def _unread(modified: int, untracked: int) -> str:
    """`3 modified and 2 untracked Python files are`; without those that are none."""
    found = [f"{count:,} {kind}" for count, kind in ((modified, "modified"), (untracked, "untracked")) if count]
    return f"{' and '.join(found)} Python {'file is' if modified + untracked == 1 else 'files are'}" if found else ""


def _place(path: str, line: int) -> str:
    return f"{quoted(path)}:{line}"


def _step_talk(done: Done, report: Report, paint: Paint) -> Iterator[str]:
    name = done.step.spec.codemod().name
    files = len(done.composed.files)
    if not done.step.changes:
        searched = f" ({plural(done.step.files, 'file')} searched)" if done.step.files else ""
        # who names one thing to be done is told that it is not
        told = "not done" if done.skips and done.step.spec.codemod().needles().named else "nothing to do"
        yield f"{paint('bold', name)}: {told}{searched}"
    else:
        verb = "would make" if report.options.dry_run or report.options.check else "made"
        counts = f"{plural(len(done.composed.applied), 'change')} in {plural(files, 'file')}"
        yield f"{paint('bold', name)}: {verb} {counts}"
        yield from (paint("dim", f"  {told}") for told in done.moved.told)
    for safety, advice in (
        (Safety.UNSAFE, "--unsafe applies them"),
        (Safety.SUGGEST, "never applied unattended"),
    ):
        waiting = [c for c in done.pending if c.safety is safety]
        if waiting:
            yield paint("yellow", f"  {plural(len(waiting), f'{safety} change')} not applied ({advice}):")
            shown = waiting if report.options.verbose else waiting[:SHOWN]
            yield from (f"    {_reason(c)}" for c in shown)
            yield from _more(len(waiting) - len(shown), paint)
    asked = done.in_state("asked")
    if late := [c for c in asked if (decision := done.decisions.of(c)) and decision.is_late]:
        yield paint("yellow", f"  {plural(len(late), 'change')} not applied, the tests had no time for them:")
        yield from (f"    {_reason(c)}" for c in late[:SHOWN])
        yield from _more(len(late) - SHOWN, paint)
    if asked := [c for c in asked if c not in late]:
        yield paint(
            "yellow", f"  {plural(len(asked), 'change')} not applied until you decide again (codemod review):"
        )
        yield from (f"    {_reason(c)}" for c in asked)
    if rejected := done.in_state("rejected"):
        yield paint("dim", f"  {plural(len(rejected), 'change')} left out, rejected in review")
    yield from _left_out(done, paint)
    applied_unsafe = [c for c in done.composed.applied if c.safety is Safety.UNSAFE]
    if applied_unsafe:
        yield paint("yellow", f"  {plural(len(applied_unsafe), 'unsafe change')} among them, review these:")
        yield from (f"    {_reason(c)}" for c in applied_unsafe)
    yield from _skips_talk(done.skips, report, paint)
    if not (done.step.changes or report.options.dry_run or report.options.verbose):
        yield from _refused(done.skips, paint)


def _left_out(done: Done, paint: Paint) -> Iterator[str]:
    """What verification decided against."""
    for change in done.in_state("excluded"):
        decision = done.decisions.of(change)
        yield paint("red", f"  left out, tests fail with it: {_reason(change)}{decision and f' ({decision.note})'}")


def _reason(change: Change) -> str:
    part = change.parts[0]
    return line(f"{_place(part.path, part.line)}: {change.reason}")


def _refused(skips: Iterable[Skip], paint: Paint) -> Iterator[str]:
    """Why a change was not made, where none was: what blocks it."""
    blocks = [s for s in skips if s.group and s.code not in FAILED]
    yield from (paint("yellow", line(f"  {_place(s.path, s.line)}: {s.reason}")) for s in blocks[:SHOWN])
    yield from _more(len(blocks) - SHOWN, paint)


def _skips_talk(skips: Iterable[Skip], report: Report, paint: Paint) -> Iterator[str]:
    """What was left alone: each place where one looks before one acts, the counts by code otherwise."""
    by_code: dict[str, list[Skip]] = {}
    for skip in skips:
        if skip.code not in FAILED:
            by_code.setdefault(skip.code, []).append(skip)
    if not by_code:
        return
    places = f"  left alone: {plural(sum(map(len, by_code.values())), 'place')}"
    if not (report.options.dry_run or report.options.verbose):
        counts = ", ".join(f"{code} × {len(members)}" for code, members in sorted(by_code.items()))
        yield f"{places} ({counts}); --verbose shows each"
        return
    yield places
    for code, members in sorted(by_code.items()):
        yield paint("cyan", f"    {code} × {len(members)}")
        shown = members if report.options.verbose else members[:SHOWN]
        yield from (line(f"      {_place(s.path, s.line)}: {s.reason}") for s in shown)
        yield from _more(len(members) - len(shown), paint)


def _more(count: int, paint: Paint) -> Iterator[str]:
    if count > 0:
        yield paint("dim", f"      … and {count:,} more (--verbose shows all)")


def _outcome(report: Report, paint: Paint) -> Iterator[str]:
    options = report.options
    review = f"codemod review {printable(shlex.quote(report.again[-1] if report.again else report.plan.name))}"
    if not report.after:
        if options.dry_run and any(done.pending for done in report.steps):
            yield f"nothing was written; decide on each change: {review}"
        return
    again = printable(shlex.join(["codemod", *(report.again or options.command)]))
    if options.blame_ignore and (options.check or options.dry_run):
        yield f"one more commit would list the others in {BLAME_LIST}"
    if options.check:
        yield f"{plural(len(report.after), 'file')} would change; apply with: {again}"
    elif options.dry_run:
        yield f"nothing was written; apply with: {again}"
        yield f"or decide on each change first: {review}"
    else:
        if not options.stat and options.output_format == "text":
            yield from _files(report)
        first, *others = closing(report)
        yield paint("green", first)
        yield from others


def _files(report: Report) -> Iterator[str]:
    """The files that were written; one that moved once, with both places."""
    gone = {*report.renames.values()}
    for path, data in report.after.items():
        if path in report.left or (data is None and path in gone):
            continue
        old = report.renames.get(path)
        yield f"  {f'{quoted(old)} → ' if old else ''}{quoted(path)}{' (deleted)' if data is None else ''}"


def closing(report: Report) -> list[str]:
    """What was delivered, and how to look at it, take it or take it back. Nothing where nothing was."""
    name = printable(report.branch)
    if report.options.in_place:
        from .undo.files import taken_back

        return [taken_back(len(report.after) - len(report.left), report.undo)]
    if not report.commits:
        return []
    published = [f"pushed to {printable(report.pushed)}"] if report.pushed else []
    published += [f"pull request: {printable(report.pull)}"] if report.pull else []
    if not report.created:
        return [f"branch {name} already holds exactly this change ({report.commits[-1][:12]})", *published]
    word = printable(shlex.quote(report.branch))
    ignored = (
        [f"  for git blame: {HINT}; a squash or a rebase changes the ids"] if report.options.blame_ignore else []
    )
    return [
        f"branch {name} is at {report.commits[-1][:12]}; your checkout was not touched",
        f"  review it: git diff {report.base[:12]}..{word}",
        f"  take it:   git merge {word}",
        f"  drop it:   git branch -D {word}",
        *ignored,
        *published,
    ]
