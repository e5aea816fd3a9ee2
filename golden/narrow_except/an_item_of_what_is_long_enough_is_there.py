# args: --unsafe
# path: parts.py
import os


def second(parts: list[str]) -> int:
    try:
        if len(parts) >= 2:
            return int(parts[0]) + int(parts[1])
    except Exception:
        pass
    return 0


def last(parts: list[str]) -> int:
    try:
        if not parts:
            return 0
        return int(parts[-1])
    except Exception:
        return 0


def pair(parts) -> int:
    try:
        if len(parts) != 2:
            return 0
        return int(parts[1] + "0")
    except Exception:
        return 0


def kind(path: str) -> int:
    try:
        return int(os.path.splitext(path)[1].lstrip("."))
    except Exception:
        return 0


def third(parts: list[str]) -> int:
    try:
        if len(parts) > 1:
            return int(parts[2])
    except Exception:
        pass
    return 0


def popped(parts: list[str]) -> int:
    try:
        if len(parts) >= 2:
            parts.pop()
            return int(parts[1])
    except Exception:
        pass
    return 0


def short(parts: list[str]) -> int:
    try:
        if len(parts) < 2:
            return int(parts[0])
    except Exception:
        pass
    return 0


def priced(prices: dict[int, str]) -> int:
    try:
        if len(prices) >= 2:
            return int(prices[1])
    except Exception:
        pass
    return 0
# output
import os


def second(parts: list[str]) -> int:
    try:
        if len(parts) >= 2:
            return int(parts[0]) + int(parts[1])
    except ValueError:
        pass
    return 0


def last(parts: list[str]) -> int:
    try:
        if not parts:
            return 0
        return int(parts[-1])
    except ValueError:
        return 0


def pair(parts) -> int:
    try:
        if len(parts) != 2:
            return 0
        return int(parts[1] + "0")
    except ValueError:
        return 0


def kind(path: str) -> int:
    try:
        return int(os.path.splitext(path)[1].lstrip("."))
    except ValueError:
        return 0


def third(parts: list[str]) -> int:
    try:
        if len(parts) > 1:
            return int(parts[2])
    except (IndexError, ValueError):
        pass
    return 0


def popped(parts: list[str]) -> int:
    try:
        if len(parts) >= 2:
            parts.pop()
            return int(parts[1])
    except (IndexError, ValueError):
        pass
    return 0


def short(parts: list[str]) -> int:
    try:
        if len(parts) < 2:
            return int(parts[0])
    except (IndexError, ValueError):
        pass
    return 0


def priced(prices: dict[int, str]) -> int:
    try:
        if len(prices) >= 2:
            return int(prices[1])
    except (KeyError, ValueError):
        pass
    return 0
