"""What the sources say of one callable, put together: by class the words of those that name it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .documented import Told
from .observed import Seen
from .total import ANYTHING

OS_ERROR, WARNING = "builtins.OSError", "builtins.Warning"
ENDS = {"builtins.StopIteration", "builtins.StopAsyncIteration"}
MISUSE = {"builtins.TypeError", "builtins.AttributeError"}
OF_WAITING = {"builtins.TimeoutError", "builtins.BlockingIOError", "builtins.InterruptedError"}  # raised by much else
ABSTRACT = {"builtins.NotImplementedError"}
LEAST = 2  # what was seen but once may be a slip of a test
OFTEN = 50  # what ran so often without raising something would have raised it
Line = Callable[[str], Sequence[str]]  # a class and all above it


@dataclass(frozen=True)
class Evidence:
    """What each source says of one callable: `stated` by a `raise` in it, `flow` where each callee is known, `reached` by the
    `raise` statements of the library's functions that it calls."""

    seen: Seen | None
    told: Told | None
    stated: frozenset[str]
    flow: frozenset[str] | None
    reached: frozenset[str]
    others: Mapping[str, Mapping[str, bool]]  # by tool a class and whether it is marked exact
    iterates: bool = False

    def words(self, line: Line) -> dict[str, list[str]] | None:
        """None where nobody knows."""
        seen, told, flow = self.seen or Seen(), self.told or Told(), self.flow or frozenset()
        nobody = self.told is None and self.flow is None
        if told.open or (nobody and seen.entered < LEAST and not seen.raises):
            return None
        exact = {
            name: f"x{tool}"
            for tool, said in self.others.items()
            if all(said.values())
            for name in said
            if name not in ANYTHING and not name.startswith("?")
        }
        alone = frozenset(
            name
            for name in self.alone(seen, told, flow, line)
            if name in told.raises or not (told.broad and {*line(name)} & {*told.raises})  # it is said with its base
        )
        known = {*told.raises, *alone} if told.whole else {*told.raises, *alone, *self.stated, *exact, *flow}
        words: dict[str, list[str]] = {}
        slips = set()
        for name, count in seen.raises.items():
            if WARNING in line(name) and name not in self.stated:
                continue  # whether it is an exception, a filter says
            if name in ENDS and self.iterates:
                continue  # how iteration ends
            if name in known or (count >= LEAST and not told.whole):
                words.setdefault(name, []).append(f"o{count}")
            elif not told.whole:
                slips.add(name)
        if slips - MISUSE and not (words or told.raises):
            return None  # neither is it known that this may come, nor that nothing does
        for word, names in (("r", self.stated), ("f", flow | (self.reached - self.stated))):
            for name in names & (alone | {*words}):
                words.setdefault(name, []).append(word)
        for name in told.raises:
            words.setdefault(name, []).append("b" if told.broad else "d")
        if _of_the_system(words, line) and not told.whole:
            words.setdefault(OS_ERROR, []).append("d")
        for tool, said in sorted(self.others.items()):
            for name in words.keys() & said.keys():
                words[name].append(exact.get(name, f"w{tool}"))
        if {*words} == ABSTRACT and not told.raises:
            return None  # for a subclass to define: what that one raises, nobody knows
        return words

    def alone(self, seen: Seen, told: Told, flow: frozenset[str], line: Line) -> frozenset[str]:
        """What the source says that counts though nothing else says it: a source takes no notice of values, so where the
        function ran and nothing came, that says more."""
        if told.whole and not told.broad:
            return frozenset(told.raises)
        found = self.stated - ABSTRACT if told.whole else self.stated
        reached = self.reached - ANYTHING
        own = {name for name in reached if not name.startswith("builtins.")}
        # a run in which the system refused nothing says nothing of the day when it does
        found |= {name for name in flow if OS_ERROR in line(name)}
        if seen.entered < OFTEN:
            found |= own
        if seen.entered < LEAST:
            found |= reached if told.whole else flow | reached
        return found


def _of_the_system(words: Mapping[str, Sequence[str]], line: Line) -> bool:
    """Whether the operating system refused something, not the function itself: then it may refuse in any way."""
    family = [name for name in words if OS_ERROR in line(name)[1:] and name.startswith("builtins.")]
    return len(family) > 1 or any(name not in OF_WAITING and "r" not in words[name] for name in family)
