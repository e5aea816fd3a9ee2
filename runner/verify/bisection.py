"""Which of many things break it: repeated prefix bisection, which always ends in a set that passes.

The smallest prefix that fails ends in a guilty one. It is left out, what stood before it passes, and the
search goes on behind it. Of two that fail only together the later one is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class Spent(Exception):
    """There is no time left for another probe."""


@dataclass(frozen=True)
class Split(Generic[T]):
    """What passes together, what must not be with it, and what nobody knows."""

    kept: tuple[T, ...]
    guilty: tuple[tuple[T, tuple[T, ...]], ...]  # each with the failing set that it completed
    unjudged: tuple[T, ...] = ()


def split(
    items: Sequence[T],
    passes: Callable[[Sequence[T]], bool],
    ends: Sequence[int] = (),
    again: Callable[[Sequence[T]], bool] | None = None,
) -> Split[T]:
    """Leave out of `items`, which fail together, as many as it takes; none of them at all is known to pass.

    `ends` are where groups of suspects end: those are asked about first. `again` asks once more about a set that
    has failed, before anything is left out for it. `passes` and `again` may raise `Spent`.
    """
    kept, bounds = list(items), list(ends)
    guilty: list[tuple[T, tuple[T, ...]]] = []
    low = 0  # kept[:low] passes
    try:
        while low < len(kept):
            high = len(kept)  # kept[:high] fails
            for bound in bounds:
                if low < bound < high:
                    if not passes(kept[:bound]):
                        high = bound
                        break
                    low = bound
            while high - low > 1:
                middle = (low + high) // 2
                if passes(kept[:middle]):
                    low = middle
                else:
                    high = middle
            if again is not None and again(kept[:high]):
                low = high  # it failed by chance; what is behind it has failed as well
                continue
            guilty.append((kept[low], tuple(kept[:high])))
            del kept[low]
            bounds = [bound - (bound > low) for bound in bounds]
            if low < len(kept) and passes(kept):
                low = len(kept)
    except Spent:
        return Split(kept=tuple(kept[:low]), guilty=tuple(guilty), unjudged=tuple(kept[low:]))
    return Split(kept=tuple(kept), guilty=tuple(guilty))
