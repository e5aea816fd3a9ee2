# args: --symbol mod.Text --to Prose --alias
# path: mod.py
class Text:
    pass


def __getattr__(item: str) -> object:
    """What is loaded late."""
    if item == "late":
        return 1
    raise AttributeError(item)
# output
class Prose:
    pass


def __getattr__(item: str) -> object:
    """What is loaded late."""
    if item == "Text":
        import warnings

        warnings.warn("mod.Text is called Prose now", DeprecationWarning, stacklevel=2)
        return Prose
    if item == "late":
        return 1
    raise AttributeError(item)
