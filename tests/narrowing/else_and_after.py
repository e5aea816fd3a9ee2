"""What stands in `else` and after the `try` relies on what was swallowed."""


def read(prices: dict[str, str], names: list[str]) -> int:
    try:
        text = prices[names[0]]
    except Exception:
        text = "0"
    else:
        text += "0"
    return int(text)


def bound(texts: list[str]) -> int:
    number = -1
    try:
        number = int(texts[0])
        number = int(texts[1])
    except Exception:
        pass
    return number


def counted(texts: list[str]) -> tuple[int, int]:
    good = bad = 0
    for text in texts:
        try:
            float(text)
        except Exception:
            bad += 1
        else:
            good += 1
    return good, bad


def cleaned(prices: dict[str, int], name: str) -> list[str]:
    steps = []
    try:
        steps.append("look")
        steps.append(str(prices[name]))
    except Exception:
        steps.append("none")
    finally:
        steps.append("done")
    return steps


NARROWED = ["read", "bound", "counted", "cleaned"]
ARRIVE = [
    ("KeyError", lambda: read({}, ["a"])),
    ("IndexError", lambda: read({}, [])),
    ("IndexError", lambda: bound(["1"])),
    ("ValueError", lambda: bound(["1", "x"])),
    ("ValueError", lambda: counted(["1", "x", "2"])),
    ("KeyError", lambda: cleaned({}, "a")),
]
