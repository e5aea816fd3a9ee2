"""Real applications: `run.py --narrow apps [NAME…]`.

Of each application with about a thousand broad clauses outside of its tests or more: how many get narrowed with `--unsafe`, how
many are left with a category that a person would sign, of how many something is unknown, and which callees stand in the way.
Every clause is counted once; one of which nothing is said is an error. 40 narrowed ones are drawn by a seed into a page for
a reader, with the code, the new types and what `codemod why` says.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import ENV, git
from narrow_packages import APPS
from narrow_sites import ALONE, CODEMOD, HOME, NAME, UNKNOWN, at, files, repository, run
from sdists import Sdist

from codemods.facts.exceptions.broad import Broad, broad_clauses

SEED = 13
DRAWN = 40
TOP = 40
AROUND = 4  # lines above a `try` that the reader sees
# of a hundred clauses: at least so many narrowed, at least so many with a category, at most so many unknown
GOAL = (20, 30, 50)
CATEGORY = re.compile(r"N(?:1\d|2[0-4])-")


@dataclass
class Clauses:
    """The clauses of one application by what is said of them."""

    narrowed: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    where: dict[str, list[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.said.total()

    def share(self, number: int) -> float:
        return 100 * number / self.total if self.total else 0.0

    def counts(self) -> tuple[int, int, int]:
        """Narrowed, left with a category, unknown."""
        category = sum(number for code, number in self.said.items() if CATEGORY.match(code))
        return self.said["safe"] + self.said["unsafe"], category, self.said[UNKNOWN]


def clauses(folder: Path, report: dict[str, Any]) -> Clauses:
    found, told = Clauses(), at(report)
    for word in (b"except", b"suppress"):
        for file in files(folder, word):
            for clause in broad_clauses(file):
                if (word == b"suppress") == (type(clause.node).__name__ == "Call"):
                    _count(found, file.path, clause, told.get((file.path, clause.line), []))
    return found


def _count(found: Clauses, path: str, clause: Broad, told: list[dict[str, Any]]) -> None:
    words = {one.get("code") or one["safety"]: one for one in told if not _remark(one)}
    if len(words) != 1:
        found.silent.append(f"{path}:{clause.line}: {', '.join(words) or 'nothing'}")
    word = min(words, default="nothing said")  # a code before a safety
    found.said[word] += 1
    found.where.setdefault(word, []).append(f"{path}:{clause.line}: {words[word]['reason'] if words else ''}")
    if word in ("safe", "unsafe"):
        found.narrowed.append((path, clause.line, words[word]))
    elif word == UNKNOWN and (alone := ALONE.match(words[word]["reason"])):
        found.unknown[alone[1]] += 1


def _remark(told: dict[str, Any]) -> bool:
    return told.get("code", "").startswith("N4")


def page(name: str, folder: Path, found: Clauses, seed: int) -> Path:
    """The drawn ones for a reader who did not write the code."""
    drawn = random.Random(seed).sample(
        sorted(found.narrowed, key=lambda one: one[:2]), min(DRAWN, len(found.narrowed))
    )
    text = [f"# {name}: {len(drawn)} narrowed clauses, drawn with the seed {seed} from {len(found.narrowed)}", ""]
    for number, (path, line, change) in enumerate(drawn, 1):
        new = " … ".join(edit["new"] if isinstance(edit, dict) else edit[-1] for edit in change["edits"])
        why = subprocess.run(
            [CODEMOD, "why", NAME, "--unsafe", f"{path}:{line}"], cwd=folder, env=ENV, capture_output=True, text=True
        )
        text += [f"## {number}. {path}:{line} ({change['safety']})", "", f"New: `{new}`. {change['reason']}", ""]
        text += ["```python", *_code(folder / path, line), "```", "", "```", why.stdout.strip() or why.stderr.strip()]
        text += ["```", "", "Judgement:", ""]
    place = HOME / f"apps-{name}.md"
    place.write_text("\n".join(text))
    return place


def _code(path: Path, line: int) -> list[str]:
    """From somewhat above the `try` to the end of the handler."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    margin = len(lines[line - 1]) - len(lines[line - 1].lstrip())
    start = line - 1
    while start and not re.match(rf"[ \t]{{{margin}}}(try|with|async with)\b", lines[start]):
        start -= 1
    end = line
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > margin):
        end += 1
    return lines[max(start - AROUND, 0) : min(end, line + 25)]


def tell(name: str, found: Clauses, seconds: float, shown: int) -> None:
    print(f"\n{name}: {found.total} broad clauses outside of tests, {seconds:.0f} s")
    for title, number, goal in zip(("narrowed", "category", "unknown"), found.counts(), GOAL, strict=True):
        sign = "at most" if title == "unknown" else "at least"
        print(f"  {title:10} {number:5} {found.share(number):5.1f} % ({sign} {goal} %)")
    for word, number in sorted(found.said.items()):
        print(f"    {word:22} {number:5} {found.share(number):5.1f} %")
    print(f"  the callees that stand in the way alone, {found.unknown.total()} of {found.said[UNKNOWN]}:")
    for callee, number in found.unknown.most_common(shown):
        print(f"    {number:5} {callee}")
    with (HOME / f"apps-{name}.txt").open("w") as out:
        for word, places in sorted(found.where.items()):
            print("\n".join(f"{word}: {place}" for place in places), file=out)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py --narrow apps", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="applications; all without")
    parser.add_argument("--checkout", action="append", default=[], metavar="NAME=DIR", help="its source is there")
    parser.add_argument("--draw", action="store_true", help="write the page for a reader, which takes minutes")
    parser.add_argument("--seed", type=int, default=SEED, help="of what is drawn")
    parser.add_argument("--top", type=int, default=TOP, help="so many callees that stand in the way")
    chosen = parser.parse_args(arguments)
    places = dict(text.split("=", 1) for text in chosen.checkout)
    known = {sdist.name: sdist for sdist in APPS}
    known |= {name: Sdist(name, "checkout", "") for name in places if name not in known}
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"no application {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    wrong = []
    for name in chosen.names or known:
        folder = repository(known[name], places.get(name, ""))
        git(folder, "checkout", "-qf", "main")
        report, seconds = run(folder, "--unsafe", "--dry-run")
        found = clauses(folder, report)
        tell(name, found, seconds, chosen.top)
        wrong += [f"{name}: not one thing is said of {line}" for line in found.silent]
        narrowed, category, unknown_ones = map(found.share, found.counts())
        if narrowed < GOAL[0] or category < GOAL[1] or unknown_ones > GOAL[2]:
            wrong.append(f"{name}: {narrowed:.1f} % narrowed, {category:.1f} % signed, {unknown_ones:.1f} % unknown")
        if chosen.draw:
            print(f"  for a reader: {page(name, folder, found, chosen.seed)}")
    for line in wrong:
        print(line, file=sys.stderr)
    return bool(wrong)
