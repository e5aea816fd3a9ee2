def shorten(text, limit=10):
    """Shorten a text of any size.

    :param text: the text
    :param int limit: how long it may be
    """
    if len(text) > limit:
        return shorten(text[:-1], limit=limit)
    return [text for _ in range(limit)], lambda size: size


def widen(text, size=1):
    return shorten(text, limit=size)
