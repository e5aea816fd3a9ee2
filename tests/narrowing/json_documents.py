"""JSON that is broken, and values that JSON cannot hold."""

import json
from typing import Any


def loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except Exception:
        return "broken"


def loaded_bytes(data: bytes) -> Any:
    try:
        return json.loads(data)
    except Exception:
        return "broken"


def name(text: str) -> str:
    try:
        return json.loads(text)["user"]["name"]
    except Exception:
        return "nobody"


def dumped(value: Any) -> str:
    try:
        return json.dumps(value, allow_nan=False)
    except Exception:
        return "cannot"


CIRCLE: list[Any] = []
CIRCLE.append(CIRCLE)
NARROWED = ["loaded", "loaded_bytes", "name", "dumped"]
ARRIVE = [
    ("JSONDecodeError", lambda: loaded("{")),
    ("JSONDecodeError", lambda: loaded("")),
    ("ValueError", lambda: loaded("1" * 5000)),
    ("UnicodeDecodeError", lambda: loaded_bytes(b'"\xff"')),
    ("JSONDecodeError", lambda: loaded_bytes(b"[1,")),
    ("KeyError", lambda: name("{}")),
    ("KeyError", lambda: name('{"user": {}}')),
    ("JSONDecodeError", lambda: name("user")),
    ("ValueError", lambda: dumped(float("nan"))),
    ("ValueError", lambda: dumped(CIRCLE)),
]
PROGRAMMING = [
    ("TypeError", lambda: name("[]")),
    ("TypeError", lambda: name("3")),
    ("TypeError", lambda: dumped({1, 2})),
]
