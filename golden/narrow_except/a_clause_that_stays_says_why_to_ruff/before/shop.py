def each(orders, action):
    for order in orders:
        try:
            action(order)
        except Exception as e:  # noqa: F841
            print("no", order)
