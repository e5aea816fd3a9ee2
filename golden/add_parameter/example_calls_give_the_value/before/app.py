from functools import partial

import shop
from shop import shorten
from shop.text import shorten as cut


def main(text, words):
    brief = partial(shorten, size=3)
    print(
        shorten(text),
        shop.shorten(
            text,
            size=2,
        ),
    )
    return brief(text) + cut(text, 1) + words.shorten(text)
