import warehouse


def ship_all(orders: list[str]) -> None:
    for order in orders:
        try:
            warehouse.ship(order)
        except Exception:
            print("cannot ship", order)
