"""A codemod's dataclass fields as options: the command line, the configuration and golden cases agree."""

from __future__ import annotations

import argparse
import datetime
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, NoReturn, get_args, get_origin, get_type_hints

from .codemod import Codemod, OptionError, OptionTable

ENTRY = "NAME=TEXT,…"


@dataclass(frozen=True)
class Option:
    """One option of a codemod. `kind` is bool, int, float, str or dict; `many` means repeatable. A table (dict) is that too:
    one entry at a time on the command line, `NAME=TEXT,…`."""

    name: str
    kind: type
    many: bool
    default: Any
    help: str
    choices: tuple[str, ...]
    metavar: str
    least: float | None = None
    above: float | None = None
    most: float | None = None
    in_project: bool = False
    in_file: bool = False
    form: tuple[str, str] | None = None  # a pattern, and that in words

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def required(self) -> bool:
        return self.default is MISSING

    @property
    def accepted(self) -> str:
        """What is needed, in words."""
        if self.kind is dict:
            return f"{self.metavar or ENTRY} is needed"
        if self.choices:
            return f"one of {', '.join(str(c) for c in self.choices if c != '')} is needed"
        if self.form:
            return f"{self.form[1]} is needed"
        bounds = [f"above {self.above:g}"] if self.above is not None else []
        bounds += [f"from {self.least:g}"] if self.least is not None else []
        bounds += [f"up to {self.most:,.0f}"] if self.most is not None else []
        return f"{_ARTICLE[self.kind]}{''.join(f' {b}' for b in bounds)} is needed"

    def convert(self, value: Any) -> Any:
        """A value from a word (`-o`, the command line), or one that has its type already. Raises OptionError."""
        if self.kind is dict:
            return self._table(value)
        if self.many:
            items = _split(value) if isinstance(value, str) else value
            if not isinstance(items, list | tuple):
                raise OptionError(self.name, value, "a list is needed")
            return tuple(self._one(i.strip() if isinstance(i, str) else i) for i in items)
        return self._one(value)

    def typed(self, value: Any) -> Any:
        """A value as a configuration file has it, whose type must be the option's own: no text for a number,
        no number for a text, no text for a list. Raises OptionError."""
        if self.kind is dict:
            return self._typed_table(value)
        if self.many and not isinstance(value, list):
            raise OptionError(self.name, value, f"a list is needed, in brackets: [{toml(value)}]")
        for item in value if self.many else [value]:
            if self.kind is str and isinstance(item, int | float):
                raise OptionError(self.name, item, f'{self.accepted}; write it in quotes: "{toml(item)}"')
            if not isinstance(item, _TOML[self.kind]) or isinstance(item, bool) is not (self.kind is bool):
                raise OptionError(self.name, item, self.accepted)
        return self.convert(value)

    def word(self, value: Any) -> str:
        """A value as one word that `convert` reads again."""
        if self.kind is dict:
            return ";".join(self.words(value))
        if self.many:
            import csv

            line = io.StringIO()
            csv.writer(line, lineterminator="").writerow([self._text(item) for item in value])
            return line.getvalue()
        return self._text(value)

    def words(self, value: Any) -> list[str]:
        """The value of a repeatable option as the words that repeat it."""
        if self.kind is dict:
            return [f"{name}={','.join(texts)}" for name, texts in value.items()]
        return [self._text(item) for item in value]

    def _table(self, value: Any) -> OptionTable:
        """From a word with entries, several such words, or a mapping. A name that stands there twice gets both."""
        if isinstance(value, Mapping):
            entries = list(value.items())
        else:
            words = [value] if isinstance(value, str) else value
            if not isinstance(words, list | tuple):
                raise OptionError(self.name, value, self.accepted)
            entries = [self._entry(entry) for word in words for entry in self._parts(word, ";")]
        found: dict[str, tuple[str, ...]] = {}
        for name, texts in entries:
            if not (isinstance(name, str) and name and isinstance(texts, list | tuple)):
                raise OptionError(self.name, value, self.accepted)
            for text in texts:
                if not isinstance(text, str):
                    raise OptionError(self.name, text, "a text is needed")
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *texts)))
        return OptionTable(sorted(found.items()))

    def _entry(self, word: str) -> tuple[str, list[str]]:
        name, equals, texts = word.partition("=")
        if not (equals and name.strip()):
            raise OptionError(self.name, word, self.accepted)
        return name.strip(), self._parts(texts, ",")

    def _parts(self, word: Any, separator: str) -> list[str]:
        if not isinstance(word, str):
            raise OptionError(self.name, word, self.accepted)
        return [part.strip() for part in word.split(separator) if part.strip()]

    def _typed_table(self, value: Any) -> OptionTable:
        if not isinstance(value, dict):
            raise OptionError(self.name, value, 'a table is needed: "name" = ["text", …]')
        entries: dict[str, tuple[str, ...]] = {}
        for name, texts in _leaves(value):
            if not isinstance(texts, list):
                raise OptionError(self.name, texts, f"a list is needed, in brackets: {toml({name: [texts]})[1:-1]}")
            for text in texts:
                if not isinstance(text, str):
                    raise OptionError(self.name, text, f"{_ARTICLE[str]} is needed, in quotes")
            entries[name] = tuple(texts)
        return self._table(entries)

    def _text(self, value: Any) -> str:
        return toml(value) if self.kind is bool else str(value).removesuffix(".0" if self.kind is float else "")

    def _one(self, value: Any) -> Any:
        found = self._as_kind(value)
        if found is None or (self.choices and found not in self.choices) or not self._in_range(found):
            raise OptionError(self.name, value, self.accepted)
        if self.form and not re.fullmatch(self.form[0], found):
            raise OptionError(self.name, value, self.accepted)
        return found

    def _in_range(self, value: Any) -> bool:
        return (
            (self.least is None or value >= self.least)
            and (self.above is None or value > self.above)
            and (self.most is None or value <= self.most)
        )

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
        except (ValueError, TypeError, OverflowError):
            return None
        if not math.isfinite(found):
            return None
        return found if isinstance(value, str) or found == value else None


def _split(value: str) -> list[str]:
    """The items of a list in one word, at commas; one that holds a comma stands in double quotes."""
    import csv

    try:
        (items,) = csv.reader([value], skipinitialspace=True)
    except csv.Error:  # a line end outside of quotes
        items = value.split(",")
    return [item for item in items if item.strip()]


def toml(value: Any) -> str:
    """A value as TOML writes it: for messages, and for what can be pasted into a configuration file."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return f"[{', '.join(map(toml, value))}]"
        case dict():
            return f"{{{', '.join(f'{toml_key(k)} = {toml(v)}' for k, v in value.items())}}}"
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value)


def toml_key(*names: str) -> str:
    """The key of a value in tables of these names."""
    return ".".join(name if re.fullmatch(r"[\w-]+", name, re.ASCII) else toml(name) for name in names)


def table_of(text: str) -> dict[str, Any]:
    """What a TOML file says, by dotted name: each name with a text or a list. Raises ValueError."""
    import tomllib  # not for --help

    return {name: [value] if isinstance(value, str) else value for name, value in _leaves(tomllib.loads(text))}


def _leaves(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The entries of a table by dotted name: without quotes, TOML makes tables of `pkg.func = […]`."""
    for key, value in table.items():
        name = f"{before}.{key}" if before else key
        if isinstance(value, dict):
            yield from _leaves(value, name)
        else:
            yield name, value


_WORDS = {"true": True, "yes": True, "on": True, "1": True}
_WORDS |= {"false": False, "no": False, "off": False, "0": False}
_TOML: Mapping[type, tuple[type, ...]] = {bool: (bool,), int: (int,), float: (int, float), str: (str,)}
_ARTICLE = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


def describe(cls: type[Codemod]) -> list[Option]:
    """The options of a codemod class, in the order of its fields."""
    return described(cls, fields(cls))


def described(cls: type, chosen: Iterable[Field[Any]]) -> list[Option]:
    """Fields of a dataclass as options. Raises TypeError for one of a type that no command line can give."""
    hints = get_type_hints(cls)
    found = []
    for field in chosen:
        hint = hints[field.name]
        table = get_origin(hint) is Mapping and get_args(hint) == (str, tuple[str, ...])
        many = table or get_origin(hint) is tuple
        kind = dict if table else get_args(hint)[0] if many else hint
        if kind not in (bool, int, float, str, dict) or (kind is dict and not table):
            raise TypeError(
                f"{cls.__module__}: option {field.name} has the type {hint}, which no command line can give"
            )
        default = field.default if field.default_factory is MISSING else field.default_factory()
        told = {key: value for key, value in field.metadata.items() if key in _TOLD}
        found.append(Option(field.name, kind, many, default, **({"help": "", "choices": (), "metavar": ""} | told)))
    return found


_TOLD = frozenset(Option.__dataclass_fields__) - {"name", "kind", "many", "default"}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ValueError(f"{self.prog}: {message}")


def parse_arguments(cls: type[Codemod], arguments: Sequence[str]) -> tuple[tuple[str, Any], ...]:
    """Options from words as on the command line: what a golden case says. Raises
    ValueError for words that are no options, and OptionError, which is one, for bad values."""
    parser = _Parser(prog=cls.__module__, add_help=False, allow_abbrev=False, argument_default=argparse.SUPPRESS)
    options = describe(cls)
    for option in options:
        action: Any = "append" if option.many else "store"
        action = argparse.BooleanOptionalAction if option.kind is bool else action
        parser.add_argument(option.flag, dest=option.name, action=action)
    given = vars(parser.parse_args(list(arguments)))
    return tuple((o.name, o.convert(given[o.name])) for o in options if o.name in given)
