"""A codemod that takes its time, and may be told to end the worker of the cluster that it is in."""

from __future__ import annotations

import ast
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

from codemods.engine.codemod import Codemod, Needles
from codemods.engine.source import Source
from codemods.engine.values import Part


@dataclass(frozen=True)
class Shy(Codemod):
    """Replace 1 by 2, in a while."""

    def needles(self) -> Needles:
        return Needles(("x",))

    def find(self, file: Source, mine: object) -> Iterator[Part]:
        time.sleep(0.02)
        if "die here" in file.text:
            os.kill(_parent(os.getppid()), signal.SIGKILL)  # ours is the process that we are a copy of
            time.sleep(5)
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Constant) and node.value == 1:
                yield Part(file.path, node.lineno, "one is two", (file.replace(node, "2"),))


def _parent(process: int) -> int:
    with open(f"/proc/{process}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])
