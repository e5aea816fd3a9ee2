# args: --unsafe
# path: shop.py
# skips: 12 N01-unknown
import clocks


class Span:
    def total_seconds(self) -> float:
        return clocks.between(self)


def age(order, text: str) -> float:
    try:
        return order.age.total_seconds() + int(text)
    except Exception:
        return 0.0
