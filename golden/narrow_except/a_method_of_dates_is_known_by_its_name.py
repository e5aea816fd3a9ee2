# args: --unsafe
# path: shop.py
def age(order, text: str) -> float:
    try:
        return order.age.total_seconds() + int(text)
    except Exception:
        return 0.0
# output
def age(order, text: str) -> float:
    try:
        return order.age.total_seconds() + int(text)
    except ValueError:
        return 0.0
