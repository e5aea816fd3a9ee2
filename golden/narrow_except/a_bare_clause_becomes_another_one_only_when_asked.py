# path: shop.py
# unsafe: 7
import warehouse


def stock(name: str) -> int:
    try:
        return warehouse.count(name)
    except:
        return 0
