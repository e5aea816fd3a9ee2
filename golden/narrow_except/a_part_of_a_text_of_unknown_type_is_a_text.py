# args: --unsafe
# path: parts.py
import re


def minutes(row) -> int:
    try:
        return int(row.text.strip().split(":")[0])
    except Exception:
        return 0


def seconds(text: str) -> float:
    hour, rest = text.split(":", 1)
    try:
        return float(rest)
    except Exception:
        return 0.0


def first(text: str) -> float:
    pattern = r"\d+"
    try:
        return float(re.findall(pattern, text)[0])
    except Exception:
        return 0.0


def searched(text: str, pattern: str) -> float:
    try:
        return float(re.findall(pattern, text)[0])
    except Exception:
        return 0.0


def merged(prices: dict[str, int], more: dict[str, int], text: str) -> int:
    try:
        prices.update(more)
        return prices[text]
    except Exception:
        return 0


def filled(prices: dict[str, int], more, text: str) -> int:
    try:
        prices.update(more)
        return prices[text]
    except Exception:
        return 0


def hidden(words: re.Pattern[str], text: str) -> int:
    try:
        return int(words.sub(r"\1", text))
    except Exception:
        return 0


def replaced(words: re.Pattern[str], new: str, text: str) -> int:
    try:
        return int(words.sub(new, text))
    except Exception:
        return 0


def price(row) -> int:
    try:
        return int(row.price)
    except Exception:
        return 0


def wrong(text: str) -> float:
    pattern = "("
    try:
        return float(re.findall(pattern, text)[0])
    except Exception:
        return 0.0
# output
import re


def minutes(row) -> int:
    try:
        return int(row.text.strip().split(":")[0])
    except ValueError:
        return 0


def seconds(text: str) -> float:
    hour, rest = text.split(":", 1)
    try:
        return float(rest)
    except ValueError:
        return 0.0


def first(text: str) -> float:
    pattern = r"\d+"
    try:
        return float(re.findall(pattern, text)[0])
    except (IndexError, ValueError):
        return 0.0


def searched(text: str, pattern: str) -> float:
    try:
        return float(re.findall(pattern, text)[0])
    except (IndexError, OverflowError, ValueError, re.error):
        return 0.0


def merged(prices: dict[str, int], more: dict[str, int], text: str) -> int:
    try:
        prices.update(more)
        return prices[text]
    except KeyError:
        return 0


def filled(prices: dict[str, int], more, text: str) -> int:
    try:
        prices.update(more)
        return prices[text]
    except (KeyError, ValueError):
        return 0


def hidden(words: re.Pattern[str], text: str) -> int:
    try:
        return int(words.sub(r"\1", text))
    except ValueError:
        return 0


def replaced(words: re.Pattern[str], new: str, text: str) -> int:
    try:
        return int(words.sub(new, text))
    except (IndexError, ValueError, re.error):
        return 0


def price(row) -> int:
    try:
        return int(row.price)
    except (OverflowError, ValueError):
        return 0


def wrong(text: str) -> float:
    pattern = "("
    try:
        return float(re.findall(pattern, text)[0])
    except (IndexError, OverflowError, ValueError, re.error):
        return 0.0
