"""What fails with changes that does not fail without them."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ..terminal import line
from .ran import LATE, Ran
from .stage import last_line

COMMAND = "(the command)"  # what fails where no test can be named


@dataclass(frozen=True)
class Judged:
    """The new failures of a run, each with the text that tells of it, and tests that are no more by intention."""

    failures: Mapping[str, str]
    gone: tuple[str, ...] = ()


def judge(
    ran: Ran, base: Ran, aside: Collection[str], touched: Collection[str], part: Collection[str] = ()
) -> Judged:
    """Compare a run with that of the base. `aside` are failures that do not count, `touched` the files that differ.

    With a `part` of the tests only those were to run: names of tests, functions and files.
    """
    if not base.per_test:
        return Judged({COMMAND: ran.output} if ran.code else {})
    if not ran.per_test:  # pytest did not even begin
        return Judged({COMMAND: ran.output or end(ran)})
    found = {
        name: text for name, text in ran.failed.items() if name not in aside and name.partition("::")[0] not in aside
    }
    gone: list[str] = []
    if ran.complete:
        lost, gone = _lost(ran, base, touched, part)
        found |= {name: why for name, why in lost.items() if name not in aside}
    else:
        found |= {name: f"{ran.crash}\n{end(ran)}" for name in ran.running}
        if not found:
            found[COMMAND] = ran.crash or ran.output
    if part and COMMAND not in found:
        found = {
            n: text
            for n, text in found.items()
            if n in part or function_of(n) in part or n.partition("::")[0] in part
        }
    elif not (part or found or ran.failed) and ran.code not in (0, base.code):
        found[COMMAND] = f"{ran.output}\n{end(ran)} though no test fails"
    return Judged(found, tuple(gone))


def _lost(ran: Ran, base: Ran, touched: Collection[str], part: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Tests that passed and do not run any more. One that a change takes away from the file that it edits, or marks
    there, is gone by intention; names of parametrized ones may differ from run to run, their number does not."""
    before = Counter(function_of(name) for name, test in base.tests.items() if test.state == "passed")
    now: Counter[str] = Counter()
    skipped: dict[str, str] = {}
    for name, test in ran.tests.items():
        intended = test.early and ran.file_of(name) in touched
        if test.state != "skipped" or intended:
            now[function_of(name)] += 1
        else:
            skipped[function_of(name)] = test.text
    lost: dict[str, str] = {}
    gone: list[str] = []
    for name, count in before.items():
        file = name.partition("::")[0]
        if now[name] >= count or (part and not {name, file}.intersection(part) and not _has_case(name, part)):
            continue
        whole = ran.files.get(file)
        if whole is not None:
            if whole.state == "skipped":
                lost[file] = f"skipped whole: {whole.text}"
        elif name in skipped:
            lost[name] = f"skipped: {skipped[name]}"
        elif ran.file_of(name) in touched and not any(t.startswith(f"{name}[") or t == name for t in ran.tests):
            gone.append(name)
        else:
            lost[name] = "it does not run any more"
    return lost, gone


def _has_case(name: str, part: Collection[str]) -> bool:
    return any(test.startswith(f"{name}[") for test in part)


def function_of(test: str) -> str:
    """A test's name without its parameters."""
    return test.partition("[")[0]


def end(ran: Ran) -> str:
    """How a run ended, in words."""
    if ran.code == LATE:
        return "it took too long"
    if ran.code > 128 or ran.code < 0:
        return f"it was ended by signal {ran.code - 128 if ran.code > 0 else -ran.code}"
    return f"exit code {ran.code}"


def in_words(failures: Mapping[str, str]) -> str:
    """The failures in a line: the first one, and how many more."""
    first = min(failures)
    if first == COMMAND:
        return f"the command fails: {last_line(failures[first])}"
    more = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
    return f"{line(first)}{more} fail{'' if more else 's'} with it"


def files_in(text: str, known: Collection[str], places: Collection[str], tree: str) -> set[str]:
    """The project's files that a report speaks of: paths from the worktree's top, or from one of some folders."""
    found = set()
    for word in _words(text):
        word = word.removeprefix(f"{tree}/")
        for place in places:
            path = posixpath.normpath(posixpath.join(place, word))
            if path in known:
                found.add(path)
    return found


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\s\"'():,\[\]]+\.pyi?\b", text))
