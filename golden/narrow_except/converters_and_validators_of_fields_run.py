# args: --unsafe
# path: shop.py
# skips: 47 N01-unknown
import attr

PRICES = {"apple": 3}


def price(name: str) -> int:
    return PRICES[name]


@attr.s
class Old:
    price = attr.ib(converter=price)


@attr.define
class New:
    weight: int = attr.field()

    @weight.validator
    def check(self, attribute: object, value: int) -> None:
        if value < 0:
            raise ValueError(value)


@attr.define
class Strange:
    price: int = attr.field(validator=attr.validators.instance_of(int))


def old(name: str) -> object:
    try:
        return Old(name)
    except Exception:
        return None


def new(value: int) -> object:
    try:
        return New(value)
    except Exception:
        return None


def strange(value: int) -> object:
    try:
        return Strange(value)
    except Exception:
        return None
# output
import attr

PRICES = {"apple": 3}


def price(name: str) -> int:
    return PRICES[name]


@attr.s
class Old:
    price = attr.ib(converter=price)


@attr.define
class New:
    weight: int = attr.field()

    @weight.validator
    def check(self, attribute: object, value: int) -> None:
        if value < 0:
            raise ValueError(value)


@attr.define
class Strange:
    price: int = attr.field(validator=attr.validators.instance_of(int))


def old(name: str) -> object:
    try:
        return Old(name)
    except KeyError:
        return None


def new(value: int) -> object:
    try:
        return New(value)
    except ValueError:
        return None


def strange(value: int) -> object:
    try:
        return Strange(value)
    except Exception:
        return None
