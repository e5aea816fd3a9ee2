# path: shop.py
import warehouse


def stock(name: str) -> int:
    try:
        return warehouse.count(name)
    except:
        print("no stock of", name)
        raise
# output
import warehouse


def stock(name: str) -> int:
    try:
        return warehouse.count(name)
    except BaseException:
        print("no stock of", name)
        raise
