# path: shop.py
# args: --unsafe
# skips: 40 N02-nothing
class Loud:
    def __eq__(self, other: object) -> bool:
        raise ValueError


class Quiet:
    def __eq__(self, other: object) -> bool:
        return self is other


def loud_first(given: bool, row: str) -> bool:
    if given:
        rows = [Loud()]
    else:
        rows = [Quiet()]
    try:
        return row in rows
    except Exception:
        return False


def quiet_first(given: bool, row: str) -> bool:
    if given:
        rows = [Quiet()]
    else:
        rows = [Loud()]
    try:
        return row in rows
    except Exception:
        return False


def quiet(given: bool, row: str) -> bool:
    if given:
        rows = [Quiet()]
    else:
        rows = [Quiet(), Quiet()]
    try:
        return row in rows
    except Exception:
        return False
# output
class Loud:
    def __eq__(self, other: object) -> bool:
        raise ValueError


class Quiet:
    def __eq__(self, other: object) -> bool:
        return self is other


def loud_first(given: bool, row: str) -> bool:
    if given:
        rows = [Loud()]
    else:
        rows = [Quiet()]
    try:
        return row in rows
    except ValueError:
        return False


def quiet_first(given: bool, row: str) -> bool:
    if given:
        rows = [Quiet()]
    else:
        rows = [Loud()]
    try:
        return row in rows
    except ValueError:
        return False


def quiet(given: bool, row: str) -> bool:
    if given:
        rows = [Quiet()]
    else:
        rows = [Quiet(), Quiet()]
    try:
        return row in rows
    except Exception:
        return False
