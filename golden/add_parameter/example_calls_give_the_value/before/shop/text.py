def shorten(text, size=10):
    """Shorten a text.

    Args:
        text: what is long.
        size: how long it may be.

    Returns:
        What is left of it.
    """
    return text[:size]
