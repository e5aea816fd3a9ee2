import re
import textwrap

_SPACES = re.compile(r"\s+")


def squeeze(text):
    return _SPACES.sub(" ", text)


# for one line of a table
def shorten(text, width=20):
    """The beginning of a text."""
    return textwrap.shorten(text, width)  # at a word


def title(text):
    return shorten(text).title()
