"""Handlers that look at what they caught."""

import json
import subprocess


class Refused(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def check(amount: int) -> None:
    if amount:
        raise Refused(amount)


def code(amount: int) -> int:
    try:
        check(amount)
    except Exception as error:
        return error.code
    return 0


def place(text: str) -> str:
    try:
        return json.loads(text)
    except Exception as error:
        return str(error.args[0])


def number(path: str) -> int | None:
    try:
        with open(path, "rb") as file:
            return len(file.read(1))
    except Exception as error:
        return error.errno


def status() -> int:
    try:
        subprocess.run(["false"], check=True)
    except Exception as error:
        return getattr(error, "returncode", -1)
    return 0


def kind(prices: dict[str, str], name: str) -> str:
    try:
        return str(int(prices[name]))
    except Exception as error:
        return type(error).__name__


def apart(prices: dict[str, str], name: str) -> str:
    try:
        return str(int(prices[name]))
    except Exception as error:
        if isinstance(error, KeyError):
            return "key"
        return "other"


NARROWED = ["code"]
ARRIVE = [
    ("Refused", lambda: code(3)),
    ("JSONDecodeError", lambda: place("{")),
    ("FileNotFoundError", lambda: number("/no/such/file")),
    ("CalledProcessError", status),
    ("KeyError", lambda: kind({}, "a")),
    ("ValueError", lambda: kind({"a": "x"}, "a")),
    ("KeyError", lambda: apart({}, "a")),
    ("ValueError", lambda: apart({"a": "x"}, "a")),
]
