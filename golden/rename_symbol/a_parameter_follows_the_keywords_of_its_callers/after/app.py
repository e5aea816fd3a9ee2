from functools import partial

import shop
from shop import shorten
from shop.text import widen

brief = partial(shorten, limit=2)
print(shorten("a", limit=3), shop.shorten("b", **{"limit": 4}), widen("c", size=5))
print(unknown("d", size=6), dict(size=7))
