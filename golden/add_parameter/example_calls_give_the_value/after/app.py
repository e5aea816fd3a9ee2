from functools import partial

import shop
from shop import shorten
from shop.text import shorten as cut


def main(text, words):
    brief = partial(shorten, size=3, strict=True)
    print(
        shorten(text, strict=True),
        shop.shorten(
            text,
            size=2,
            strict=True,
        ),
    )
    return brief(text) + cut(text, 1, strict=True) + words.shorten(text)
