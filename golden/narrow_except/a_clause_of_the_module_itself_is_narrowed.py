# args: --unsafe
# path: shop.py
PRICES = {"apple": 3}

try:
    PRICE = PRICES["pear"]
except Exception:
    PRICE = 0
# output
PRICES = {"apple": 3}

try:
    PRICE = PRICES["pear"]
except KeyError:
    PRICE = 0
