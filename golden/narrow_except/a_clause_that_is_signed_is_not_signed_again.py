# args: --annotate
# path: shop.py
# skips: 8 N21-signed
import warehouse


def ship_all(orders: list[str]) -> None:
    for order in orders:
        try:
            warehouse.ship(order)
        except Exception:  # noqa: BLE001
            print("cannot ship", order)
