from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .a import one as first


def f(x: "first"):
    from . import a

    return a.one()
