# path: case.py
# skips: 7 N17-main
import sys


def main():
    try:
        work()
    except Exception as error:
        print(error, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
