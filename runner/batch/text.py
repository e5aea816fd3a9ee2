"""What a pull request says: its title and its text, by templates that the user may replace.

`$summary $codemods $safety $owners $verified $repeat $left` stand in the text; in a title `$summary` is a line.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from string import Template

from codemods.engine.codemod import COMMON_CODES
from codemods.engine.grouping import grouped
from codemods.engine.nearest import did_you_mean
from codemods.engine.source import Source
from codemods.engine.values import Change, Safety

from ..decide import VERIFY
from ..errors import UsageError
from ..forges.values import Wanted
from ..git import Repository
from ..markdown import block, code, defused, plain
from ..message import plural, uses_conventional_commits
from ..outcome import Done, Report
from ..review.hunks import Hunk, hunks
from ..review.shapes import Shape, edits_by_path, reason_form, shape_of
from ..terminal import cut
from .items import slug
from .settings import BatchSettings
from .table import left_out, safety
from .values import Item

LONGEST = 65_536  # characters of a text, on GitHub
_LONGEST_TITLE = 200
_EXAMPLES, _KINDS, _REASONS, _CODES, _OWNERS = 3, 10, 20, 30, 20  # how many are told
_EXAMPLE_LINES, _EXAMPLE_LINE = 30, 200
_CUT = "\n\n*The rest is cut: a text on a forge ends here.*\n"
TITLE = "$summary$about"
BODY = """\
$summary

### What ran
$codemods

### Is it safe?
$safety

### How it was checked
$verified

### Who owns it
$owners

### How to repeat it
$repeat

### What was left alone
$left
"""
_NAMES = {
    "title": ("summary", "about", "codemods", "safety", "owners", "batch", "key", "files", "changes"),
    "body": ("summary", "codemods", "safety", "owners", "verified", "repeat", "left", "batch", "key", "files", "changes"),
}  # fmt: skip


def check_templates(templates: Mapping[str, str], settings: BatchSettings) -> None:
    """Raises UsageError for a template that asks for what there is not."""
    for name, text in templates.items():
        template = Template(text)
        place = getattr(settings, name)
        if not template.is_valid():
            raise UsageError(f"{place}: a $ that begins no name is written $$")
        for word in template.get_identifiers():
            if word not in _NAMES[name]:
                advice = did_you_mean(word, _NAMES[name], shown=lambda known: f"${known}")
                raise UsageError(f"{place}: there is nothing to put for ${word}{advice}")


def marker(batch: str, key: str, plan: str) -> str:
    """The line that says whose a pull request is, which no reader sees."""
    return f"<!-- codemod:{batch}/{key} plan={plan[:8]} -->"


def wanted(
    item: Item,
    report: Report,
    repository: Repository,
    *,
    batch: str,
    base: str,
    settings: BatchSettings,
    templates: Mapping[str, str] | None = None,
) -> Wanted:
    """The pull request of an item as it shall be; `base` is the branch that it goes into."""
    text = _Text(item, report, repository, batch)
    return Wanted(
        branch=f"codemod/{batch}/{item.key}",
        base=base,
        title=text.title((templates or {}).get("title", TITLE)),
        body=text.body((templates or {}).get("body", BODY)),
        labels=settings.labels,
        reviewers=reviewers(item, settings),
        draft=settings.draft,
    )


def reviewers(item: Item, settings: BatchSettings) -> tuple[str, ...]:
    """Who is asked: the owners of its files and those who are named, so many at most. Which of them differs by item."""
    people: list[str] = []
    for name in settings.reviewers:
        found = (
            [owner[1:] for owner in item.owners if owner.startswith("@")] if name == "owners" else [name.lstrip("@")]
        )
        turn = int(sha256(item.key.encode()).hexdigest(), 16) % len(found) if found else 0
        people += [*found[turn:], *found[:turn]]
    return tuple(dict.fromkeys(people))[: settings.max_reviewers]


@dataclass(frozen=True)
class _Text:
    """The pieces of what a pull request says."""

    item: Item
    report: Report
    repository: Repository
    batch: str
    _files: dict[int, dict[str, Source | None]] = field(default_factory=dict)

    # ---- the whole -------------------------------------------------------------------------

    def title(self, template: str) -> str:
        """One line."""
        values = self._words | {
            "summary": defused(self._subject),
            "about": self._about,
            "codemods": ", ".join(self._names),
            "owners": ", ".join(owner.lstrip("@") for owner in self.item.owners),
            "safety": safety(self.item),
        }
        told = Template(template).substitute(values)
        return cut(" ".join(told.split()), _LONGEST_TITLE)

    def body(self, template: str) -> str:
        """The text, with the marker at its end."""
        values = self._words | {
            "summary": self._summary(),
            "codemods": self._codemods(),
            "safety": self._safety(),
            "owners": self._owners(),
            "verified": self._verified(),
            "repeat": block(cut(shlex.join(["codemod", *self.report.plan.command]), 4_000), "sh"),
            "left": self._left(),
        }
        end = f"\n\n{marker(self.batch, self.item.key, self.report.plan.hash)}\n"
        return shortened(Template(template).substitute(values).rstrip(), LONGEST - len(end)) + end

    @property
    def _words(self) -> dict[str, str]:
        counts = {"files": plural(len(self.item.paths), "file"), "changes": plural(len(self.item.changes), "change")}
        return {"batch": self.batch, "key": self.item.key, **counts}

    # ---- of what it is made ----------------------------------------------------------------

    @cached_property
    def _steps(self) -> list[tuple[int, Done, list[Change]]]:
        """The steps that it has changes of, with these."""
        mine, paths = frozenset(self.item.changes), frozenset(self.item.paths)
        found = []
        for number, done in enumerate(self.report.steps):
            if self.item.step in (None, number):
                changes = [c for c in done.composed.applied if c.key in mine and not paths.isdisjoint(c.places)]
                if changes:
                    found.append((number, done, changes))
        return found

    @property
    def _names(self) -> list[str]:
        return list(dict.fromkeys(done.step.spec.codemod().name for _, done, _ in self._steps))

    @property
    def _subject(self) -> str:
        """What it does, in a line as the repository's commits have it."""
        subjects = list(dict.fromkeys(done.step.spec.codemod().subject() for _, done, _ in self._steps))
        first, more = subjects[0] if subjects else self.batch, len(subjects) - 1
        told = first + (f" and {more} more" if more > 0 else "")
        if uses_conventional_commits(self.repository, self.report.base):
            return f"refactor: {told[:1].lower()}{told[1:]}"
        return told

    @property
    def _about(self) -> str:
        """` (tests/api, part 2)`: what its files have in common."""
        about = ", ".join(word.lstrip("@") for word in self.item.about.split(", ")) if self.item.about else ""
        word = slug(self.item.about) if self.item.about else "part"
        number = re.search(rf"(?:^|-){re.escape(word)}-(\d+)$", self.item.key)
        told = [*([defused(about)] if about not in ("", ".") else []), *([f"part {number[1]}"] if number else [])]
        return f" ({', '.join(told)})" if told else ""

    # ---- pieces ----------------------------------------------------------------------------

    def _summary(self) -> str:
        item = self.item
        lines = [plain(self._subject), ""]
        lines.append(f"{self._words['changes']} in {self._words['files']}, {plural(item.lines, 'line')}.")
        if item.phase:
            lines.append("It builds on what earlier pull requests of this batch have brought.")
        shapes = self._shapes()
        kinds: Counter[str] = Counter()
        for members in shapes:
            kinds[_kind(members[0][1])] += len(members)
        lines += ["", *(f"- {count:,} × {kind}" for kind, count in kinds.most_common(_KINDS))]
        if len(kinds) > _KINDS:
            rest = sum(count for _, count in kinds.most_common()[_KINDS:])
            lines.append(f"- {plural(rest, 'change')} of other kinds")
        for example in self._examples(shapes):
            lines += ["", example]
        lines += ["", *(f"- {code(note)}" for note in item.notes)]
        return "\n".join(lines).rstrip()

    def _shapes(self) -> list[list[tuple[int, Change]]]:
        """The changes that are alike, by step; the most first, as they come in the plan among equals."""
        pairs: list[tuple[Shape, tuple[int, Change]]] = []
        for number, _, changes in self._steps:
            pairs += [(shape_of(number, c, self._sources(number, c)), (number, c)) for c in changes]
        return sorted(grouped(pairs).values(), key=lambda members: -len(members))

    def _sources(self, number: int, change: Change) -> dict[str, Source | None]:
        """The files of a change, as its step found them."""
        known, before = self._files.setdefault(number, {}), self.report.steps[number].composed.before
        for path in change.places:
            if path not in known:
                known[path] = Source(path, before[path]) if path in before else None
        return {path: known[path] for path in change.places}

    def _examples(self, shapes: Sequence[Sequence[tuple[int, Change]]]) -> Iterator[str]:
        """One of each of the first shapes; more of these where there are fewer."""
        turns = (members[turn] for turn in range(_EXAMPLES) for members in shapes[:_EXAMPLES] if turn < len(members))
        shown = 0
        for number, change in turns:
            if shown < _EXAMPLES and (told := self._example(number, change)):
                shown += 1
                yield told

    def _example(self, number: int, change: Change) -> str:
        """The first lines that a change edits; "" where nothing can be shown."""
        files = self._sources(number, change)
        for path, edits in edits_by_path(change).items():
            file = files.get(path)
            if file is None:
                continue
            try:
                found = hunks(file, edits, 1)
            except ValueError:
                continue
            if found:
                first = min(line.old for line in found[0].lines)
                return f"{code(f'{path}:{first}')}\n{block(_shown(found), 'diff')}"
        return ""

    def _codemods(self) -> str:
        lines = []
        for _, done, _ in self._steps:
            codemod = done.step.spec.codemod()
            about = (type(codemod).__doc__ or "").strip().partition("\n")[0]
            lines.append(f"- {code(f'{codemod.name} {codemod.version}')}: {defused(about)}")
        return "\n".join(lines) or "nothing"

    def _safety(self) -> str:
        unsafe = [change for _, _, changes in self._steps for change in changes if change.safety is not Safety.SAFE]
        if not unsafe:
            return "Every change keeps the meaning of the code."
        lines = [f"{plural(len(unsafe), 'change')} may change behaviour, please look at these closely:", ""]
        by_reason = grouped((reason_form(change.reason), change) for change in unsafe)
        ordered = sorted(by_reason.values(), key=lambda members: -len(members))
        for members in ordered[:_REASONS]:
            part = members[0].parts[0]
            lines.append(f"- {len(members):,} × {code(members[0].reason)}, as in {code(f'{part.path}:{part.line}')}")
        if len(ordered) > _REASONS:
            lines.append(f"- {plural(sum(map(len, ordered[_REASONS:])), 'more change')} for other reasons")
        return "\n".join(lines)

    def _owners(self) -> str:
        if not self.item.owners:
            return "Nobody, by CODEOWNERS."
        more = len(self.item.owners) - _OWNERS
        return ", ".join(map(code, self.item.owners[:_OWNERS])) + (f" and {more:,} more" if more > 0 else "")

    def _verified(self) -> str:
        lines = [
            "Each file parses, no name became undefined, no comment was lost, and a second run would change nothing."
        ]
        found, failing = self.report.verified, list(_failing(self.report.steps))
        if found and found.kept:
            lines.append(f"{plural(found.tests, 'test')} pass with it." if found.tests else "The tests pass with it.")
        elif failing:
            lines.append("`codemod verify` ran the project's tests with all changes of the plan.")
        else:
            lines.append("The project's tests were not run by codemod: the checks of this pull request are.")
        if failing:
            lines.append(
                f"{plural(len(failing), 'change')} with which tests fail {'is' if len(failing) == 1 else 'are'} left out of the plan."
            )
        return "\n".join(lines)

    def _left(self) -> str:
        """What there is in its files that was seen and not done, with how often."""
        found = left_out(self.report, frozenset(self.item.paths), self.item.step)
        if not found:
            return "Nothing in these files."
        meanings: dict[str, str] = {**COMMON_CODES}
        for _, done, _ in self._steps:
            meanings |= done.step.spec.codemod().codes
        lines = []
        for what, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:_CODES]:
            meaning = f"{code(what)}: {defused(meanings[what])}" if what in meanings else defused(what)
            lines.append(f"- {count:,} × {meaning}")
        if len(found) > _CODES:
            lines.append(f"- and for {len(found) - _CODES:,} other reasons")
        return "\n".join(lines)


def _kind(change: Change) -> str:
    """What changes of a shape do, in a line."""
    return code(reason_form(change.reason)) + ("" if change.safety is Safety.SAFE else ", may change behaviour")


def _failing(steps: Iterable[Done]) -> Iterator[Change]:
    for done in steps:
        for change in done.in_state("excluded"):
            decision = done.decisions.of(change)
            if decision and decision.who == VERIFY:
                yield change


def _shown(found: Sequence[Hunk]) -> str:
    """The first hunks as a diff has them."""
    lines: list[str] = []
    for hunk in found:
        lines.append(f"{hunk.head} {hunk.inside}".rstrip())
        lines += [f"{line.sign}{line.text.rstrip(chr(13) + chr(10))}" for line in hunk.lines]
    more = len(lines) - _EXAMPLE_LINES
    return "\n".join([*(cut(each, _EXAMPLE_LINE) for each in lines[:_EXAMPLE_LINES]), *(["…"] if more > 0 else [])])


def shortened(text: str, most: int) -> str:
    """A text that is no longer than that, cut between paragraphs and outside of code."""
    if len(text) <= most:
        return text
    at = end = 0
    fence = ""
    for line in text.splitlines(keepends=True):
        if at + len(line) > most - len(_CUT):
            break
        at += len(line)
        ticks = re.match("`{3,}", line)
        if fence:
            fence = "" if line.rstrip() == fence else fence
        elif ticks:
            fence = ticks[0]
        if not fence:
            end = at
    return (text[:end] or text[: most - len(_CUT)]).rstrip() + _CUT.rstrip("\n")
