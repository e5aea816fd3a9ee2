# args: --unsafe
# path: shop.py
# skips: 11 N17-main
import sys


def run(prices: dict[str, int]) -> None:
    print(prices["apple"])


def main() -> int:
    try:
        run({})
    except Exception as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
