from base import Base


def go(base: Base) -> int:
    try:
        return base.run("1")
    except Exception:
        return 0
