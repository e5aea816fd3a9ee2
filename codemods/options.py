"""A codemod's dataclass fields as options: the command line, the configuration and golden cases agree."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any, NoReturn, get_args, get_origin, get_type_hints

from .base import Codemod, OptionError


@dataclass(frozen=True)
class Option:
    """One option of a codemod. `kind` is bool, int, float or str; `many` means repeatable."""

    name: str
    kind: type
    many: bool
    default: Any
    help: str
    choices: tuple[str, ...]
    metavar: str

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def required(self) -> bool:
        return self.default is MISSING

    def convert(self, value: Any) -> Any:
        """A value from a configuration file or from `-o`. Raises OptionError."""
        if self.many:
            items = value.split(",") if isinstance(value, str) else value
            if not isinstance(items, list | tuple):
                raise OptionError(self.name, value, "a list is needed")
            items = [i.strip() if isinstance(i, str) else i for i in items]
            return tuple(self._one(i) for i in items if i != "")
        return self._one(value)

    def _one(self, value: Any) -> Any:
        found = self._as_kind(value)
        if found is None:
            raise OptionError(self.name, value, f"{_ARTICLE[self.kind]} is needed")
        if self.choices and found not in self.choices:
            raise OptionError(self.name, value, f"one of {', '.join(map(str, self.choices))} is needed")
        return found

    def _as_kind(self, value: Any) -> Any:
        """The value as what the option holds; None where it is something else."""
        if self.kind is bool:
            return value if isinstance(value, bool) else _WORDS.get(str(value).lower())
        if isinstance(value, bool):
            return None
        if self.kind is str:  # not a number: 3.10 in a configuration file would be "3.1"
            return value if isinstance(value, str) else None
        try:
            found = self.kind(value)
        except (ValueError, TypeError):
            return None
        return found if isinstance(value, str) or found == value else None


_WORDS = {"true": True, "yes": True, "on": True, "1": True}
_WORDS |= {"false": False, "no": False, "off": False, "0": False}
_ARTICLE = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


def describe(cls: type[Codemod]) -> list[Option]:
    """The options of a codemod class, in the order of its fields."""
    hints = get_type_hints(cls)
    found = []
    for field in fields(cls):
        hint = hints[field.name]
        many = get_origin(hint) is tuple
        kind = get_args(hint)[0] if many else hint
        if kind not in (bool, int, float, str):
            raise TypeError(
                f"{cls.__module__}: option {field.name} has the type {hint}, which no command line can give"
            )
        default = field.default if field.default_factory is MISSING else field.default_factory()
        found.append(
            Option(
                field.name,
                kind,
                many,
                default,
                field.metadata.get("help", ""),
                field.metadata.get("choices", ()),
                field.metadata.get("metavar", ""),
            )
        )
    return found


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ValueError(f"{self.prog}: {message}")


def parse_arguments(cls: type[Codemod], arguments: Sequence[str]) -> tuple[tuple[str, Any], ...]:
    """Options from words as on the command line: what a golden case says. Raises
    ValueError for words that are no options, and OptionError, which is one, for bad values."""
    parser = _Parser(prog=cls.__module__, add_help=False, allow_abbrev=False, argument_default=argparse.SUPPRESS)
    options = describe(cls)
    for option in options:
        if option.kind is bool:
            parser.add_argument(option.flag, dest=option.name, action=argparse.BooleanOptionalAction)
        elif option.many:
            parser.add_argument(option.flag, dest=option.name, action="append")
        else:
            parser.add_argument(option.flag, dest=option.name)
    given = vars(parser.parse_args(list(arguments)))
    return tuple((o.name, o.convert(given[o.name])) for o in options if o.name in given)
