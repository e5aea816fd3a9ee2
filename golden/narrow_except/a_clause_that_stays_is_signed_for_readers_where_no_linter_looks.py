# args: --annotate
# path: shop.py
import warehouse


def ship_all(orders: list[str]) -> None:
    for order in orders:
        try:
            warehouse.ship(order)
        except Exception:
            print("cannot ship", order)
# output
import warehouse


def ship_all(orders: list[str]) -> None:
    for order in orders:
        try:
            warehouse.ship(order)
        except Exception:  # broad: one order must not stop the others
            print("cannot ship", order)
