"""Broad handlers that raise an error of the project: the error must still become that one."""


class LoadError(Exception):
    pass


def loaded(rows: dict[str, str], name: str) -> int:
    try:
        return int(rows[name])
    except Exception as error:
        raise LoadError(name) from error


def outcome(rows: dict[str, str], name: str) -> str:
    try:
        return str(loaded(rows, name))
    except LoadError as error:
        return type(error.__cause__).__name__


NARROWED = ["loaded"]
ARRIVE = [
    ("KeyError", lambda: outcome({}, "a")),
    ("ValueError", lambda: outcome({"a": "x"}, "a")),
]
