"""A codemod for tests: it is asked until it has guessed often enough, and says how often and of which files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from codemods.engine.codemod import Codemod, Needles, option
from codemods.engine.known import Decisions, Known, Project, Wants
from codemods.engine.source import Source
from codemods.engine.values import Skip


def asked(project: Project) -> list[str]:
    return []


@dataclass(frozen=True)
class Guess(Codemod):
    """Change nothing."""

    guesses: int = option(0, help="how often something is wanted that is nowhere")

    def needles(self) -> Needles:
        return Needles(edit=("mark",))

    def scan(self, file: Source) -> str:
        return file.path

    def wants(self, known: Known) -> Wants:
        times = known.project.once(asked)
        times.append("")
        return Wants(paths=["other.py", "nowhere.py"], again=len(times) <= self.guesses)

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        told = f"asked {len(known.project.once(asked))} times for {sorted(known.targets or ())}, read {sorted(known.facts)}"
        return Decisions(by_path=dict.fromkeys(targets, told))

    def find(self, file: Source, mine: str) -> Iterator[Skip]:
        yield Skip(file.path, 1, "T01", mine)
