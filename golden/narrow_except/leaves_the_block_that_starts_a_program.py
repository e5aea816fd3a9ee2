# args: --unsafe
# path: shop.py
# skips: 11 N17-main
import sys


def run(prices: dict[str, int]) -> None:
    print(prices["apple"])


if __name__ == "__main__":
    try:
        run({})
    except Exception as error:
        print(error, file=sys.stderr)
        sys.exit(1)
