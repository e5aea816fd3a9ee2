def shorten(text, size=10, strict: bool = False):
    """Shorten a text.

    Args:
        text: what is long.
        size: how long it may be.
        strict: Defaults to False.

    Returns:
        What is left of it.
    """
    return text[:size]
