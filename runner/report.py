"""What a person or a program reads after a run. stdout is data (the diff, JSON), stderr is talk."""

from __future__ import annotations

import base64
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from codemods.base import Safety, Skip

from .git import to_bytes
from .message import plural
from .outcome import Done, Report
from .plan import change_to_json, skip_to_json

SHOWN = 5  # skips shown per code; --verbose shows all
_STYLES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "cyan": "36", "dim": "2"}


def show(report: Report) -> None:
    """Print the report in the format that was asked for."""
    match report.options.output_format:
        case "json":
            print(json.dumps(document(report), indent=2))
        case "jsonl":
            for record in records(report):
                print(json.dumps(record))
        case "patch":
            sys.stdout.buffer.write(patch(report))
        case _:
            if report.options.stat:
                page(diffstat(patch(report)), report)
            elif report.options.dry_run:
                page(patch(report, color=colored(report, sys.stdout)), report)
    sys.stdout.flush()
    if not report.options.quiet:
        for line in talk(report, colored(report, sys.stderr)):
            print(line, file=sys.stderr)


def colored(report: Report, stream: Any) -> bool:
    """`--color`, then NO_COLOR and FORCE_COLOR, then whether a terminal reads."""
    if report.options.color != "auto":
        return report.options.color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or bool(stream.isatty())


# ---- the diff ----------------------------------------------------------------------------------


def diffstat(text: bytes) -> bytes:
    """What `git diff --stat` would show, from a patch."""
    command = ["git", "apply", "--stat", "--summary", "-"]
    return subprocess.run(command, input=text, capture_output=True, check=False, cwd=tempfile.gettempdir()).stdout


def patch(report: Report, color: bool = False) -> bytes:
    """The whole change as git shows it; without colour `git apply` takes it."""
    if not report.after:
        return b""
    with tempfile.TemporaryDirectory(prefix="codemod-diff-") as folder:
        for side, contents in (("a", report.before), ("b", report.after)):
            os.mkdir(os.path.join(folder, side))
            for path, data in contents.items():
                if data is not None:
                    _put(
                        os.path.join(os.fsencode(folder), side.encode(), to_bytes(path)),
                        data,
                        report.modes.get(path),
                    )
        command = [
            "git",
            "-c",
            "core.autocrlf=false",
            "-c",
            "core.safecrlf=false",
            "-c",
            "core.attributesFile=/dev/null",
        ]
        command += [
            "-c",
            "diff.noprefix=false",
            "-c",
            "diff.mnemonicPrefix=false",
            "-c",
            "core.quotePath=true",
        ]
        command += [
            "diff",
            "--no-index",
            "--no-prefix",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
        ]
        command += [
            f"--color={'always' if color else 'never'}",
            "--patch",
            "a",
            "b",
        ]
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith("GIT_DIFF") and k != "GIT_DIR"}
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            check=False,
            env=surroundings | {"LC_ALL": "C"},
        )
        return done.stdout


def _put(target: bytes, data: bytes, mode: str | None) -> None:
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as file:
        file.write(data)
    os.chmod(target, 0o755 if mode == "100755" else 0o644)


def page(text: bytes, report: Report) -> None:
    """To the user's pager on a terminal, as git does; straight to stdout otherwise."""
    if not text:
        return
    if sys.stdout.isatty() and (pager := _pager(report)):
        surroundings = os.environ | {"LESS": os.environ.get("LESS", "FRX"), "LV": "-c"}
        try:
            process = subprocess.Popen(shlex.split(pager), stdin=subprocess.PIPE, env=surroundings)
            process.communicate(text)
            return
        except (OSError, BrokenPipeError):
            pass
    sys.stdout.buffer.write(text)


def _pager(report: Report) -> str:
    configured = subprocess.run(
        ["git", "var", "GIT_PAGER"], cwd=report.top, capture_output=True, text=True, check=False
    ).stdout.strip()
    found = configured or os.environ.get("PAGER", "less")
    return "" if found == "cat" else found


# ---- JSON --------------------------------------------------------------------------------------


def document(report: Report) -> dict[str, Any]:
    """One JSON document. Paths are text; one that is not UTF-8 has its bytes in `path_b64` too."""
    return {
        "schema_version": 1,
        "base": report.base,
        "plan": report.plan.hash,
        "branch": report.branch,
        "commits": list(report.commits),
        "dry_run": report.options.dry_run,
        "steps": [_step(done) for done in report.steps],
        "files": [_file(path, report) for path in report.after],
        "failures": [path_json(p) | {"reason": r} for p, r in report.failures.items()],
        "remarks": list(report.remarks),
        "exit_code": report.exit_code,
    }


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
    applied = {c.key for c in done.composed.applied}
    return {
        "codemod": codemod.name,
        "version": codemod.version,
        "options": codemod.options,
        "files_searched": done.step.files,
        "changes": [
            change_to_json(c)
            | {"state": "applied" if c.key in applied else "dropped" if c.key in done.composed.dropped else "pending"}
            for c in done.step.changes
        ],
        "skips": [skip_to_json(s) | path_json(s.path) for s in done.skips],
    }


def _file(path: str, report: Report) -> dict[str, Any]:
    status = "deleted" if report.after[path] is None else "modified" if path in report.before else "created"
    return path_json(path) | {"status": status}


def path_json(path: str) -> dict[str, str]:
    raw = to_bytes(path)
    shown = raw.decode("utf-8", "replace")
    return {"path": shown} if shown == path else {"path": shown, "path_b64": base64.b64encode(raw).decode()}


# ---- talk --------------------------------------------------------------------------------------


class _Paint:
    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, style: str, text: str) -> str:
        return f"\033[{_STYLES[style]}m{text}\033[0m" if self.on else text


def talk(report: Report, color: bool) -> Iterator[str]:
    """The summary: what changed, what waits for a decision, what was left alone and why, what to type next."""
    paint = _Paint(color)
    for done in report.steps:
        yield from _step_talk(done, report, paint)
    for path in report.left:
        yield paint(
            "red",
            f"{_shown(path)}: changed on disk while codemod worked, or a file of the same change did; left alone, run again",
        )
    for remark in report.remarks:
        yield paint("yellow", remark)
    modified, untracked = report.unread
    if modified or untracked:
        yield paint(
            "dim",
            f"{modified} modified and {untracked} untracked Python files are not in {report.options.base}",
        )
    yield from _outcome(report, paint)


def _step_talk(done: Done, report: Report, paint: _Paint) -> Iterator[str]:
    name = done.step.spec.codemod().name
    files = len(done.composed.files)
    if not done.step.changes:
        searched = f" ({plural(done.step.files, 'file')} searched)" if done.step.files else ""
        yield f"{paint('bold', name)}: nothing to do{searched}"
    else:
        verb = "would make" if report.options.dry_run or report.options.check else "made"
        counts = f"{plural(len(done.composed.applied), 'change')} in {plural(files, 'file')}"
        yield f"{paint('bold', name)}: {verb} {counts}"
    for safety, advice in (
        (Safety.UNSAFE, "--unsafe applies them"),
        (Safety.SUGGEST, "never applied unattended"),
    ):
        waiting = [c for c in done.pending if c.safety is safety]
        if waiting:
            yield paint("yellow", f"  {plural(len(waiting), f'{safety} change')} not applied ({advice}):")
            shown = waiting if report.options.verbose else waiting[:SHOWN]
            yield from (f"    {_shown(c.parts[0].path)}:{c.parts[0].line}: {c.reason}" for c in shown)
            yield from _more(len(waiting) - len(shown), paint)
    applied_unsafe = [c for c in done.composed.applied if c.safety is Safety.UNSAFE]
    if applied_unsafe:
        yield paint("yellow", f"  {plural(len(applied_unsafe), 'unsafe change')} among them, review these:")
        yield from (f"    {_shown(c.parts[0].path)}:{c.parts[0].line}: {c.reason}" for c in applied_unsafe)
    yield from _skips_talk(done.skips, report.options.verbose, paint)


def _skips_talk(skips: tuple[Skip, ...], verbose: bool, paint: _Paint) -> Iterator[str]:
    by_code: dict[str, list[Skip]] = {}
    for skip in skips:
        by_code.setdefault(skip.code, []).append(skip)
    if not by_code:
        return
    failed = ("C006-crashed", "C009-check")
    yield f"  left alone: {plural(len(skips), 'place')}"
    for code, members in sorted(by_code.items()):
        yield paint("red" if code in failed else "cyan", f"    {code} × {len(members)}")
        shown = members if verbose else members[:SHOWN]
        yield from (f"      {_shown(s.path)}:{s.line}: {s.reason}" for s in shown)
        yield from _more(len(members) - len(shown), paint)


def _more(count: int, paint: _Paint) -> Iterator[str]:
    if count > 0:
        yield paint("dim", f"      … and {count:,} more (--verbose shows all)")


def _outcome(report: Report, paint: _Paint) -> Iterator[str]:
    if not report.after:
        return
    name = shlex.quote(report.branch)
    again = shlex.join(["codemod", *report.options.command])
    if report.options.check:
        yield f"{plural(len(report.after), 'file')} would change; apply with: {again}"
    elif report.options.dry_run:
        yield f"nothing was written; apply with: {again}"
    elif report.options.in_place:
        yield f"{plural(len(report.after), 'file')} written; take it back with: codemod undo{f' {report.undo}' if report.undo else ''}"
    elif report.created:
        ids = report.commits[-1][:12]
        yield paint("green", f"branch {report.branch} is at {ids}; your checkout was not touched")
        base = report.base[:12]
        yield f"  review: git diff {base}..{name}    take it: git merge {name}    drop it: git branch -D {name}"
    else:
        yield f"branch {report.branch} already holds exactly this change ({report.commits[-1][:12]})"


def _shown(path: str) -> str:
    return to_bytes(path).decode("utf-8", "backslashreplace")
