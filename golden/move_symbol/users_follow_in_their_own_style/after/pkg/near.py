from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .b import one as first


def f(x: "first"):
    from . import b

    return b.one()
