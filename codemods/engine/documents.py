"""Configuration of a project, whose text is not trusted: what nobody writes, and what would be slow or too deep to walk,
is no TOML."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

DEEPEST = 50  # tables within tables
_LONG_KEY = re.compile(
    rf"^[ \t\[]*(?:(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*\.[ \t]*){{{DEEPEST}}}", re.MULTILINE
)  # `tomllib` walks each part of a header for each key below it


def read_toml(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The document. Raises ValueError: for what is no TOML, for a number that Python refuses, for too many levels."""
    if _LONG_KEY.search(text):
        raise ValueError(f"a key has more than {DEEPEST} parts")
    try:
        data = tomllib.loads(text, parse_float=parse_float)
    except RecursionError:
        raise ValueError("nested too deep") from None
    level: list[Any] = [data]
    for _ in range(DEEPEST):
        level = [inner for value in level for inner in (value.values() if isinstance(value, dict) else value)]
        level = [value for value in level if isinstance(value, dict | list)]
        if not level:
            return data
    raise ValueError(f"more than {DEEPEST} tables and lists within each other")


@lru_cache(maxsize=1024)
def read_metadata(name: str, text: str) -> Mapping[str, Any]:
    """What a pyproject.toml or a setup.cfg says; nothing where it cannot be read, and for any other file."""
    if name == "pyproject.toml":
        with suppress(ValueError):
            return read_toml(text)
    elif name == "setup.cfg":
        parser = configparser.RawConfigParser(strict=False)
        with suppress(configparser.Error):
            parser.read_string(text)
            return {section: dict(parser[section]) for section in parser.sections()}
    return {}
