"""A codemod that crashes, hangs or raises where a file tells it to."""

from __future__ import annotations

import ast
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from codemods.engine.codemod import Codemod, Needles
from codemods.engine.source import Source
from codemods.engine.values import Part


@dataclass(frozen=True)
class Misbehave(Codemod):
    """Replace 1 by 2, unless told to misbehave."""

    def needles(self) -> Needles:
        return Needles(("x",))

    def find(self, file: Source, mine: object) -> Iterator[Part]:
        if "crash here" in file.text:
            os._exit(7)
        if "hang here" in file.text:
            if told := os.environ.get("MISBEHAVE_HANGS"):
                open(told, "w").close()  # a test waits for this moment
            time.sleep(600)
        if "search here" in file.text:
            if told := os.environ.get("MISBEHAVE_HANGS"):
                open(told, "w").close()
            re.search("(a+)+$", "a" * 90 + "b")  # gives no other code of Python a turn
        if "raise here" in file.text:
            raise RuntimeError("as told")
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Constant) and node.value == 1:
                yield Part(file.path, node.lineno, "one is two", (file.replace(node, "2"),))
