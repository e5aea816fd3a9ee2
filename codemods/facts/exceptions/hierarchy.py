"""Classes of exceptions: which handler takes which, and which of several are enough."""

from __future__ import annotations

import builtins
from collections.abc import Collection

from ...engine.remember import remembered
from ..types.resolve import Resolver
from . import knowledge

# a file of the project or the dotted name of a library's module, and the qualified name in it
Class = tuple[str, str]

EXCEPTION: Class = ("builtins", "Exception")
BASE: Class = ("builtins", "BaseException")
ENUM: Class = ("enum", "Enum")
TIMEOUT: Class = ("builtins", "TimeoutError")
WARNING: Class = ("builtins", "Warning")
GROUP: Class = ("builtins", "BaseExceptionGroup")
# a mistake of the program itself, where nothing from outside is wrong
PROGRAMMING = (
    "TypeError", "AttributeError", "NameError", "AssertionError", "NotImplementedError", "RecursionError",
)  # fmt: skip
_PROGRAMMING = {("builtins", name) for name in PROGRAMMING}


def builtin(name: str) -> Class:
    return "builtins", name


class Hierarchy:
    """The real bases of exceptions: those of libraries as the knowledge base has them."""

    def __init__(self, types: Resolver) -> None:
        self.types = types

    @remembered
    def bases(self, cls: Class) -> tuple[Class, ...]:
        """The class and all that it inherits from, as far as it is known."""
        module, name = cls
        known = self.types.files.get(module) or self.types.table.get(module)
        return tuple(self.types.mro(cls)) if known is not None and name in known.classes else (cls,)

    def is_exception(self, cls: Class) -> bool:
        """Whether it surely is one."""
        return BASE in self.bases(cls)

    def takes(self, handler: Class, raised: Class) -> bool:
        """Whether a handler for one class takes another."""
        return handler in self.bases(raised)

    def is_programming(self, cls: Class) -> bool:
        """Whether it is a mistake of the program."""
        return not _PROGRAMMING.isdisjoint(self.bases(cls))

    def dotted(self, cls: Class) -> str:
        """The dotted name of a class, as Python has it."""
        module, name = cls
        return f"{(self.types.modules.name(module) or module) if module in self.types.files else module}.{name}"

    def is_plain(self, cls: Class) -> bool:
        """Whether `except Exception` takes it: all but KeyboardInterrupt, SystemExit and the like."""
        bases = self.bases(cls)
        return EXCEPTION in bases or BASE not in bases

    def lasting(self, cls: Class, oldest: tuple[int, int]) -> tuple[Class, ...]:
        """What a program can name on an older Python in place of a class that this one lacks: itself where it does not, else
        the nearest above it that say something; nothing where there is none."""
        if knowledge.since(*cls) <= oldest:
            return (cls,)
        above = [base for base in self.bases(cls)[1:] if base not in (EXCEPTION, BASE) and self.is_exception(base)]
        return tuple(base for base in self.minimal(above) if knowledge.since(*base) <= oldest)

    def has(self, cls: Class, attribute: str) -> bool:
        """Whether an exception surely has an attribute."""
        for module, name in self.bases(cls):
            facts = self.types.class_facts((module, name))
            if attribute in facts.methods or attribute in facts.attributes or attribute in facts.fields:
                return True
            if module == "builtins" and hasattr(getattr(builtins, name, None), attribute):
                return True
        return False

    def minimal(self, classes: Collection[Class]) -> list[Class]:
        """Those of some classes that no other of them takes, builtins first."""
        kept = [c for c in classes if not any(o != c and self.takes(o, c) for o in classes)]
        return sorted(set(kept), key=lambda c: (c[0] != "builtins", c))
