"""Errors that become others on their way."""

import json


class ConfigError(Exception):
    pass


class Missing(ConfigError):
    pass


def parsed(text: str) -> dict[str, int]:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ConfigError("no JSON") from error


def option(text: str, name: str) -> int:
    settings = parsed(text)
    try:
        return settings[name]
    except KeyError:
        raise Missing(name) from None


def read(text: str, name: str) -> int:
    try:
        return option(text, name)
    except Exception:
        return -1


def with_cause(text: str) -> str:
    try:
        parsed(text)
    except Exception as error:
        return type(error.__cause__).__name__
    return "none"


def both(text: str, name: str) -> int:
    try:
        return option(text, name) // option(text, "count")
    except Missing:
        return -2
    except Exception:
        return -1


NARROWED = ["read", "both"]
ARRIVE = [
    ("ConfigError", lambda: read("{", "a")),
    ("Missing", lambda: read("{}", "a")),
    ("ConfigError", lambda: with_cause("[")),
    ("ConfigError", lambda: both("[", "a")),
    ("Missing", lambda: both('{"a": 3}', "a")),
    ("ZeroDivisionError", lambda: both('{"a": 3, "count": 0}', "a")),
]
