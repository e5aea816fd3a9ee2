"""Errors that are made in one place and raised in another."""


class Refused(Exception):
    pass


class Closed(Exception):
    pass


def refused(reason: str) -> Refused:
    return Refused(reason)


def fail(kind: str) -> None:
    error = refused(kind) if kind == "refused" else Closed(kind)
    raise error


def fail_by_class(kind: type[Exception]) -> None:
    raise kind("failed")


ERRORS = {"refused": Refused, "closed": Closed}


def fail_by_name(name: str) -> None:
    raise ERRORS[name](name)


def made(kind: str) -> str:
    try:
        raise refused(kind)
    except Exception:
        return "refused"


def failed(kind: str) -> str:
    try:
        fail(kind)
    except Exception as error:
        return str(error)
    return "none"


def by_class(kind: type[Exception]) -> str:
    try:
        fail_by_class(kind)
    except Exception as error:
        return str(error)
    return "none"


def by_name(name: str) -> str:
    try:
        fail_by_name(name)
    except Exception:
        return "failed"
    return "none"


def first_of(errors: list[Exception]) -> str:
    try:
        if errors:
            raise errors[0]
    except Exception:
        return "failed"
    return "none"


NARROWED = ["made"]
ARRIVE = [
    ("Refused", lambda: made("x")),
    ("Refused", lambda: failed("refused")),
    ("Closed", lambda: failed("closed")),
    ("Closed", lambda: by_class(Closed)),
    ("OSError", lambda: by_class(OSError)),
    ("Refused", lambda: by_name("refused")),
    ("KeyError", lambda: by_name("other")),
    ("EOFError", lambda: first_of([EOFError()])),
]
