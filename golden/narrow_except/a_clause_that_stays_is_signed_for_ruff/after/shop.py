import warehouse


def ship_all(orders: list[str]) -> None:
    for order in orders:
        try:
            warehouse.ship(order)
        except Exception:  # noqa: BLE001 - one order must not stop the others
            print("cannot ship", order)
