"""TOML that is broken."""

import tomllib


def loaded(text: str) -> int:
    try:
        return len(tomllib.loads(text))
    except Exception:
        return -1


def name(text: str) -> str:
    try:
        return tomllib.loads(text)["project"]["name"]
    except Exception:
        return "none"


NARROWED = ["loaded", "name"]
ARRIVE = [
    ("TOMLDecodeError", lambda: loaded("a =")),
    ("TOMLDecodeError", lambda: loaded("a = 1\na = 2")),
    ("KeyError", lambda: name("a = 1")),
    ("TOMLDecodeError", lambda: name("[project")),
]
