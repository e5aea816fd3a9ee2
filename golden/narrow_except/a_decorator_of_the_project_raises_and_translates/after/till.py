import guards

PRICES = {"apple": 3}


@guards.allowed
def price(name: str) -> int:
    return PRICES[name]


@guards.translated
def stock(name: str) -> int:
    return PRICES[name]


def shown(name: str) -> int:
    try:
        return price(name)
    except (KeyError, guards.Denied):
        return 0


def counted(name: str) -> int:
    try:
        return stock(name)
    except guards.Failed:
        return 0
