"""`run.py --knowledge [--draw N]`: our knowledge base beside those of deal and RaiseAttention.

How many callables and exceptions each knows; for the callables that two of them know, whether they name the same exceptions. A
class is compared by its last name, as the others write it. Then entries of ours, drawn by a seed, for a reader to judge.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from sdists import CACHE

from codemods.facts.exceptions.knowledge import FOLDER
from runner.kb.weak import Weak, read

WHEELS = {"deal": "deal==4.24.4", "raiseattention": "raiseattention==2026.2.161"}
PYTHON = "3.13"
SEED, DRAWN = 13, 100
Known = Mapping[tuple[str, str], frozenset[str]]  # by module and qualified name, the last names of classes


def wheel(name: str) -> Path:
    """The wheel of a tool, from pip's index; it is read, never installed."""
    folder = CACHE / "narrow" / "wheels"
    found = [*folder.glob(f"{name}-*.whl")]
    if not found:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, WHEELS[name]]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"error: {WHEELS[name]} cannot be had: {done.stderr.strip().splitlines()[-1]}")
        found = [*folder.glob(f"{name}-*.whl")]
    return found[0]


def last(names: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name.rpartition(".")[2] for name in names)


def written() -> dict[tuple[str, str], dict[str, object]]:
    """Our entries: those that say what a callable raises."""
    found = {}
    for path in sorted(FOLDER.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for module, told in data.get("modules", {}).items():
            for name, entry in told.get("callables", {}).items():
                if "raises" in entry:
                    found[module, name] = entry
    return found


def theirs(told: Weak) -> Known:
    return {key: last(classes) for key, classes in told.entries.items()}


def row(name: str, known: Known, ours: Known) -> str:
    """Callables, types, and the agreement on what ours knows, too."""
    both = known.keys() & ours.keys()
    agreement = Counter(
        "same"
        if known[key] == ours[key]
        else "ours hold more"
        if known[key] < ours[key]
        else "they hold more"
        if known[key] > ours[key]
        else "each has others"
        for key in both
    )
    told = [str(agreement[word]) for word in ("same", "ours hold more", "they hold more", "each has others")]
    classes = frozenset[str]().union(*known.values())
    return f"| {name} | {len(known)} | {len(classes)} | {len(both)} | {' | '.join(told)} |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py --knowledge", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--draw", type=int, default=DRAWN, help="so many entries for a reader")
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(arguments)
    entries = written()
    ours = {key: last(entry["raises"]) for key, entry in entries.items()}  # type: ignore[arg-type]
    tools = [read(tool, wheel(tool), PYTHON) for tool in ("deal", "raiseattention")]
    print(
        "| knowledge | callables | classes | known to ours, too | same | ours hold more | they hold more | each has others |"
    )
    print("|---|---|---|---|---|---|---|---|")
    print(row("ours", ours, ours))
    for told in tools:
        print(row(told.told, theirs(told), ours))
    complete = sum(bool(entry.get("total")) for entry in entries.values())
    words = Counter(word for entry in entries.values() for said in entry["raises"].values() for word in said.split())  # type: ignore[attr-defined]
    kinds = Counter[str]()
    for word, number in words.items():
        kinds["o" if word[1:].isdigit() else word] += number
    print(f"\nours: {complete} complete; evidence {dict(kinds.most_common())}")
    drawn = random.Random(chosen.seed).sample(sorted(entries), min(chosen.draw, len(entries)))
    print(f"\n{len(drawn)} entries of ours, drawn with the seed {chosen.seed}:")
    for number, (module, name) in enumerate(drawn, 1):
        entry = entries[module, name]
        raises = ", ".join(f"{cls} ({said})" for cls, said in entry["raises"].items())  # type: ignore[attr-defined]
        print(f"{number:4} {module} {name}: {raises or 'nothing'}{' (complete)' if entry.get('total') else ''}")
    return 0
