"""Which fixture each test of a real suite gets: the model of facts/suite/ beside pytest's own answer.

A fixture is told by the file and line of its definition. All tests that pytest collects must be collected by the
model and get the very same ones; what plugins outside of the suite give is left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus import ENV, git
from steps import known_suites
from suites import Suite
from trees import HERE, home, interpreter, source

from tests.suite_oracle import modelled, suite_of

DEFAULT = ("flask-sqlalchemy", "sqlalchemy-utils", "aiocache", "google-auth")


def said(suite: Suite, folder: Path) -> dict[str, set[str]]:
    """What pytest gives to each test."""
    answer = home(suite) / "said.jsonl"
    answer.unlink(missing_ok=True)
    path = os.pathsep.join([str(folder / suite.path), str(HERE)])
    command = [
        str(interpreter(suite)),
        "-m",
        "pytest",
        "-q",
        "--collect-only",
        "-p",
        "watch",
        "-p",
        "no:cacheprovider",
    ]
    subprocess.run(
        [*command, *suite.command],
        cwd=folder,
        env={**ENV, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "WATCH_FIXTURES": str(answer)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found: dict[str, set[str]] = {}
    for record in map(json.loads, answer.read_text().splitlines()):
        places = {place for _, _, place in record["edges"] if not place.startswith(("..", "<"))}
        found.setdefault(record["id"].partition("[")[0], set()).update(places)
    return found


def compare(suite: Suite) -> list[str]:
    """The tests that get other fixtures than the model says; prints the counts."""
    folder = source(suite)
    paths = git(folder, "ls-files").split("\n")
    files = {path: (folder / path).read_bytes() for path in paths if (folder / path).is_file()}
    theirs = said(suite, folder)
    mine = modelled(suite_of(files), files, everywhere=True)
    wrong = [
        f"{suite.sdist.label}: {test}: {sorted(mine[test]) if test in mine else 'not collected'}, not {sorted(places)}"
        for test, places in theirs.items()
        if mine.get(test) != places
    ]
    asked = {test.partition("::")[0] for test in theirs}  # the others are left out by the command, or need a library
    more = sorted(test for test in mine.keys() - theirs.keys() if test.partition("::")[0] in asked)
    wrong += [f"{suite.sdist.label}: {test}: not collected by pytest" for test in more if not _is_chosen(suite)]
    fixtures = {place for places in theirs.values() for place in places}
    print(
        f"{suite.sdist.label}: {len(theirs)} tests, {sum(map(len, theirs.values()))} requests of {len(fixtures)} fixtures; "
        f"{len(wrong)} differ; {len(mine.keys() - theirs.keys())} tests that this run leaves out",
        flush=True,
    )
    return wrong


def _is_chosen(suite: Suite) -> bool:
    """Whether the suite's command takes some tests out of files."""
    return any(word in ("-k", "-m", "--deselect") or word.startswith("--deselect") for word in suite.command)


def main(arguments: Sequence[str]) -> int:
    known = known_suites()
    wrong = [line for name in arguments or DEFAULT for line in compare(known[name])]
    for line in wrong:
        print(line, file=sys.stderr)
    return bool(wrong)
