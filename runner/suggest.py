"""`--output-format github-review`: what a run would change, as suggestions on a pull request that is open.

A forge takes a suggestion only for lines that the pull request shows, and a person may apply each alone. So what belongs
together is offered together or not at all: a change whose import would have to stand elsewhere is told, not offered.
"""

from __future__ import annotations

import difflib
import os
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.engine.source import Source
from codemods.engine.values import Change

from .batch.place import find
from .errors import UsageError
from .forges.values import Forge, PullRequest, State, Suggestion
from .git import Repository
from .links import linked
from .markdown import code
from .message import plural
from .outcome import Report
from .review.hunks import split_lines
from .terminal import printable, quoted

if TYPE_CHECKING:
    from .batch.remote import Remote

LARGEST = 10_000  # bytes of a suggestion
MOST = 100  # suggestions of one review
_REASONS = 3  # told of one suggestion
_HUNK = re.compile(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_ELSEWHERE, _LARGE, _FILES, _BYTES, _MANY = (
    "in lines that the pull request does not show",
    f"larger than {LARGEST / 1000:g} kB",
    "make, move or delete files",
    "in files that are not UTF-8",
    f"beyond {MOST} suggestions",
)


@dataclass(frozen=True)
class Offer:
    """What can be suggested, and why the rest cannot, by the number of changes."""

    suggestions: tuple[Suggestion, ...] = ()
    left: Mapping[str, int] = field(default_factory=dict)


def suggest(report: Report) -> Iterator[str]:
    """Put the suggestions on the pull request; gives the lines to say. Raises UsageError, ForgeFailed."""
    repository = Repository.open(report.options.where)
    place = find(repository, "", os.environ, quiet=report.options.quiet)
    if place.forge is None or not place.forge.capabilities.suggestions:
        raise UsageError("this forge takes no suggestions; see the diff with --output-format patch")
    pull = _pull(place.forge, repository, report)
    offer = offered(report, shown_lines(repository, place.remote, pull, report.after.keys()))
    place.forge.suggest(pull, offer.suggestions)
    for one in offer.suggestions:
        lines = f"{one.first}" if one.first == one.last else f"{one.first}-{one.last}"
        print(f"{quoted(one.path)}:{lines}")
    told = f"{plural(len(offer.suggestions), 'suggestion')} on #{pull.number}: {pull.url}"
    yield printable(told if offer.suggestions else f"nothing to suggest on #{pull.number}")
    for why, count in offer.left.items():
        yield f"not suggested: {plural(count, 'change')} {why}"


def _pull(forge: Forge, repository: Repository, report: Report) -> PullRequest:
    """The pull request that was named, or that of the branch that is checked out. Its head is what was planned on."""
    if not report.base:
        raise UsageError("suggestions are made for a commit, not for files of the working tree")
    if number := report.options.pull_request:
        pull = forge.get(number)
    else:
        branch = repository.run("symbolic-ref", "-q", "--short", "HEAD").out.decode("utf-8", "replace").strip()
        open_ones = (
            [p for p in forge.pull_requests(branch) if p.branch == branch and p.state is State.OPEN] if branch else []
        )
        if not open_ones:
            where = f"branch {branch!r}" if branch else "what is checked out"
            raise UsageError(f"there is no open pull request of {where}; name one with --pull-request N")
        pull = open_ones[0]
    if pull.sha != report.base:
        raise UsageError(
            f"#{pull.number} is at {pull.sha[:12]}, and the plan is of {report.base[:12]}; plan on that: --base {pull.sha[:12]}"
        )
    return pull


def shown_lines(
    repository: Repository, remote: Remote, pull: PullRequest, paths: Collection[str]
) -> dict[str, list[range]]:
    """The lines that a pull request shows of some files, a range for each hunk. Raises UsageError."""
    base = remote.ref(pull.base)
    answer = repository.run("merge-base", base, pull.sha)
    if answer.code:
        raise UsageError(f"{base} is not here; fetch it: git fetch {remote.name} {pull.base}")
    start = answer.out.decode("ascii").strip()
    options = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "-U3", "--inter-hunk-context=0")
    found: dict[str, list[range]] = {}
    for path in repository.changed_since(start, pull.sha).intersection(paths):
        out = repository.ask("--literal-pathspecs", "diff", *options, start, pull.sha, "--", path)
        hunks = [_HUNK.match(line) for line in out.split(b"\n")]
        found[path] = [range(int(hunk[1]), int(hunk[1]) + int(hunk[2] or 1)) for hunk in hunks if hunk]
    return found


# ---- what can be offered -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Block:
    """Lines `first` to `last` of a file, from 1, and what is to stand there."""

    path: str
    first: int
    last: int
    text: str

    def why_not(self, shown: Mapping[str, Sequence[range]]) -> str:
        """Why it cannot be suggested; "" where it can."""
        if not any(self.first in lines and self.last in lines for lines in shown.get(self.path, ())):
            return _ELSEWHERE
        return _LARGE if len(self.text.encode()) > LARGEST else ""


def offered(report: Report, shown: Mapping[str, Sequence[range]]) -> Offer:
    """What of a report can be suggested, where a pull request shows these lines."""
    changes = [change for done in report.steps for change in done.composed.applied]
    suggestions: list[Suggestion] = []
    left: Counter[str] = Counter()
    for paths in linked(sorted(report.after), [change.places for change in changes]):
        mine = [change for change in changes if not change.places.isdisjoint(paths)]
        found, reasons = _of_group(report, sorted(paths), mine, shown)
        if len(suggestions) + len(found) > MOST:
            found, reasons = [], Counter({_MANY: len(mine)})
        suggestions += found
        left += reasons
    return Offer(suggestions=tuple(suggestions), left=dict(left))


def _of_group(
    report: Report, paths: Sequence[str], changes: Sequence[Change], shown: Mapping[str, Sequence[range]]
) -> tuple[list[Suggestion], Counter[str]]:
    """All of what belongs together; else what stands on its own of a single file; with why the rest is not offered."""
    if any(report.after[path] is None or path not in report.before for path in paths):
        return [], Counter({_FILES: len(changes)})
    try:
        blocks = [b for path in paths for b in _blocks(path, report.before[path], report.after[path] or b"")]
    except UnicodeDecodeError:
        return [], Counter({_BYTES: len(changes)})
    reasons = {block: block.why_not(shown) for block in blocks}
    if not any(reasons.values()):
        return [_suggestion(block, _touching(report, block, changes), len(blocks)) for block in blocks], Counter()
    if len(paths) > 1 or len(report.steps) > 1:
        return [], Counter({next(filter(None, reasons.values())): len(changes)})
    touching = {block: _touching(report, block, changes) for block in blocks}
    barred: dict[str, str] = {}
    for change in changes:
        mine = [block for block in blocks if change in touching[block]]
        why = next((reasons[block] for block in mine if reasons[block]), "" if mine else _ELSEWHERE)
        if not why and any(part.requires or part.frees or part.instead for part in change.parts):
            why = next(filter(None, reasons.values()))  # its import stands in lines of others
        if why:
            barred[change.key] = why
    alone = [b for b in blocks if touching[b] and not any(change.key in barred for change in touching[b])]
    offered = {change.key for block in alone for change in touching[block]}
    left = Counter(barred.get(change.key, _ELSEWHERE) for change in changes if change.key not in offered)
    return [_suggestion(block, touching[block], 1) for block in alone], left


def _blocks(path: str, old: bytes, new: bytes) -> Iterator[_Block]:
    """The lines that differ. Raises UnicodeDecodeError. A suggestion replaces lines: what is put between two goes with the one above."""
    before, after = (split_lines(data.decode("utf-8")) for data in (old, new))
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        if a == b and before:
            a, c = (a - 1, c - 1) if a else (a, c)
            b, d = (b, d) if a < b else (b + 1, d + 1)
        yield _Block(path=path, first=a + 1, last=b, text="".join(after[c:d]))


def _touching(report: Report, block: _Block, changes: Sequence[Change]) -> list[Change]:
    """The changes that edit these lines, as far as one step tells."""
    if len(report.steps) > 1:
        return [change for change in changes if block.path in change.places]
    file = Source(block.path, report.before[block.path])
    return [
        change
        for change in changes
        if any(
            edit.path == block.path
            and file.line_of(edit.start) <= block.last
            and file.line_of(edit.end) >= block.first
            for edit in change.edits
        )
    ]


def _suggestion(block: _Block, changes: Sequence[Change], together: int) -> Suggestion:
    told = list(dict.fromkeys(change.reason for change in changes))
    lines = [code(reason) for reason in told[:_REASONS]] or ["What the changes beside this one need."]
    if together > 1:
        lines.append(f"It belongs together with {plural(together - 1, 'other suggestion')}: apply all of them.")
    return Suggestion(path=block.path, first=block.first, last=block.last, text=block.text, reason="\n\n".join(lines))
