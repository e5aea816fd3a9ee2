import textwrap


# for one line of a table
def shorten(text, width=20):
    """The beginning of a text."""
    return textwrap.shorten(text, width)  # at a word
