from functools import partial

import shop
from shop import shorten
from shop.text import widen

brief = partial(shorten, size=2)
print(shorten("a", size=3), shop.shorten("b", **{"size": 4}), widen("c", size=5))
print(unknown("d", size=6), dict(size=7))
