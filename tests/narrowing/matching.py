"""match statements: what they look at, and what their guards do."""


class Unknown(Exception):
    pass


def area(shape: dict[str, int]) -> int:
    match shape:
        case {"side": side}:
            return side * side
        case {"width": width, "height": height}:
            return width * height
        case _:
            raise Unknown(str(shape))


def shown(shape: dict[str, int]) -> int:
    try:
        return area(shape)
    except Exception:
        return -1


def guarded(command: list[str], prices: dict[str, int]) -> str:
    try:
        match command:
            case ["buy", name] if prices[name] > 3:
                return "dear"
            case ["count", text]:
                return str(int(text))
            case _:
                return "what?"
    except Exception:
        return "none"


NARROWED = ["shown", "guarded"]
ARRIVE = [
    ("Unknown", lambda: shown({})),
    ("KeyError", lambda: guarded(["buy", "pear"], {})),
    ("ValueError", lambda: guarded(["count", "x"], {})),
]
