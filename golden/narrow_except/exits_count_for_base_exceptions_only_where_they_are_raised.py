# args: --unsafe
# path: shop.py
def stop(prices: dict[str, int]) -> None:
    if prices["apple"] > 3:
        raise SystemExit(1)


def run(prices: dict[str, int]) -> int:
    try:
        stop(prices)
    except BaseException:
        return 1
    return 0


def run_on(prices: dict[str, int]) -> int:
    try:
        stop(prices)
    except Exception:
        return 1
    return 0
# output
def stop(prices: dict[str, int]) -> None:
    if prices["apple"] > 3:
        raise SystemExit(1)


def run(prices: dict[str, int]) -> int:
    try:
        stop(prices)
    except (KeyError, SystemExit):
        return 1
    return 0


def run_on(prices: dict[str, int]) -> int:
    try:
        stop(prices)
    except KeyError:
        return 1
    return 0
