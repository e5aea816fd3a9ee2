from collections.abc import Iterator


class Cart:
    def sum_up(self) -> int:
        return 1


class Bill:
    def total(self) -> int:
        return 2


class Shop:
    def __getitem__(self, name: str) -> Cart:
        return Cart()

    def __iter__(self) -> Iterator[Cart]:
        yield Cart()


def carts() -> Iterator[Cart]:
    yield Cart()
