import orders


def price(url: str) -> str:
    try:
        return orders.page(url)
    except Exception:
        return ""
