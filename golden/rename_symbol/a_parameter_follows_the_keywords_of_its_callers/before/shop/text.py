def shorten(text, size=10):
    """Shorten a text of any size.

    :param text: the text
    :param int size: how long it may be
    """
    if len(text) > size:
        return shorten(text[:-1], size=size)
    return [text for _ in range(size)], lambda size: size


def widen(text, size=1):
    return shorten(text, size=size)
