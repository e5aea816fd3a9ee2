import re

from shop.short import shorten

_SPACES = re.compile(r"\s+")


def squeeze(text):
    return _SPACES.sub(" ", text)


def title(text):
    return shorten(text).title()
