# args: --annotate
# path: shop.py
from shop.carriers import deliver


def ship(orders: list[str]) -> None:
    for order in orders:
        try:
            deliver(order)
        except Exception:
            print("no", order)
# output
from shop.carriers import deliver


def ship(orders: list[str]) -> None:
    for order in orders:
        try:
            deliver(order)
        except Exception:  # broad: one order must not stop the others
            print("no", order)
