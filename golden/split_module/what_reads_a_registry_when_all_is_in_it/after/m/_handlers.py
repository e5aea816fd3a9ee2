from ._registry import HANDLERS, register

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


@register
def pay():
    return 1


NAMES = sorted(HANDLERS)
