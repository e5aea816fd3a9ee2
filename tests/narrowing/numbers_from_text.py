"""Numbers read from text: every way in which a text is none."""


def whole(text: str) -> int:
    try:
        return int(text)
    except Exception:
        return -1


def real(text: str) -> float:
    try:
        return float(text)
    except Exception:
        return -1.0


def of_base(text: str, base: int) -> int:
    try:
        return int(text, base)
    except Exception:
        return -1


def loose(value) -> int:
    try:
        return int(value)
    except Exception:
        return -1


NARROWED = ["whole", "real", "of_base", "loose"]
ARRIVE = [
    ("ValueError", lambda: whole("x")),
    ("ValueError", lambda: whole("")),
    ("ValueError", lambda: whole("1" * 5000)),
    ("ValueError", lambda: real("one")),
    ("ValueError", lambda: of_base("12", 1)),
    ("ValueError", lambda: of_base("zz", 16)),
    ("OverflowError", lambda: loose(float("inf"))),
    ("ValueError", lambda: loose(float("nan"))),
]
PROGRAMMING = [("TypeError", lambda: loose(None))]
