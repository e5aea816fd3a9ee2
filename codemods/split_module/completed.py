"""A layout that somebody has written, completed: what it does not name goes where it belongs most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .blocks import Block, Blocks, Matrix
from .layout import Layout, LayoutError, Part

WHYS = {  # why groups stay together
    "bound": "it is bound more than once:",
    "set": "functions set",
    "deleted": "it is deleted:",
    "missing": "the module may lack",
    "changed": "a statement changes",
    "about": "a statement is about",
}


def completed(blocks: Blocks, given: Layout, matrix: Matrix) -> dict[int, int]:
    """The number of its part for each block. Raises LayoutError where the layout cannot be."""
    home: dict[int, int] = {}
    numbers = {name: block.number for block in blocks.all for name in block.names}
    for at, part in enumerate(given.parts):
        for name in part.defs:
            if name not in numbers:
                raise LayoutError(f"defs of part {part.name!r}", f"the module does not define {name}; take it out")
            if home.setdefault(numbers[name], at) != at:
                raise _torn(blocks.all[numbers[name]], given)
    for block in blocks.all:
        if block.number not in home:
            home[block.number] = _best(blocks, block.number, home, matrix, len(given.parts))
    if circle := _circle(blocks, home):
        raise _circular(blocks, circle, home, given.parts)
    return home


def _torn(block: Block, given: Layout) -> LayoutError:
    """What to say where one block is in two parts."""
    firsts: dict[str, str] = {}  # part → a definition of the block in it
    for name in block.names:
        if name in given.home:
            firsts.setdefault(given.home[name], name)
    why = "they need each other"
    if len(block.groups) == 1 and block.groups[0].bonds:
        why = ", ".join(dict.fromkeys(f"{WHYS[b.why]} {b.name}" for b in block.groups[0].bonds))
    where = " and ".join(f"part {part!r}" for part in firsts)
    return LayoutError(where, f"{' and '.join(firsts.values())} must be in one part: {why}")


def _circular(blocks: Blocks, circle: tuple[int, int], home: Mapping[int, int], parts: Sequence[Part]) -> LayoutError:
    """What to say where parts need each other."""
    user, used = circle
    says = f"{blocks.all[user].names[0]} uses {blocks.all[used].names[0]}"
    first, second = (parts[home[n]].name for n in circle)
    return LayoutError(f"part {first!r}", f"it and part {second!r} need each other: {says}; move one of them")


def _best(blocks: Blocks, number: int, home: dict[int, int], matrix: Matrix, parts: int) -> int:
    """The part that a block belongs to most, of those that make no circle."""
    weight = [0.0] * parts
    for other, part in home.items():
        weight[part] += matrix[number][other]
    order = sorted(range(parts), key=lambda p: (-weight[p], p))
    return next((part for part in order if _circle(blocks, {**home, number: part}) is None), order[0])


def _circle(blocks: Blocks, home: Mapping[int, int]) -> tuple[int, int] | None:
    """A block and what it uses, whose parts need each other."""
    needs: dict[int, set[int]] = {part: set() for part in home.values()}
    across = [(u, v) for u, v, _ in blocks.edges if u in home and v in home and home[u] != home[v]]
    for user, used in across:
        needs[home[user]].add(home[used])
    free: set[int] = set()
    while more := {part for part, others in needs.items() if part not in free and others <= free}:
        free |= more
    return next((pair for pair in across if not {home[pair[0]], home[pair[1]]} & free), None)
