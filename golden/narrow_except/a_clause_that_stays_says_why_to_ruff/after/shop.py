def each(orders, action):
    for order in orders:
        try:
            action(order)
        except Exception as e:  # noqa: F841,BLE001 - calls a callback
            print("no", order)
