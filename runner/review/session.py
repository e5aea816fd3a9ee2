"""A review: a change is shown, a key decides on it, that is kept, the next one is shown."""

from __future__ import annotations

import getpass
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

from codemods.engine.source import Source
from codemods.engine.values import Change

from .. import signals
from ..again import Kept, find, refuse_lost_base
from ..decide import NONE, Decision, Verdict, accepted
from ..message import plural
from ..terminal import Paint, colored, cut, line, printable, say
from . import edited
from .edited import Refused
from .keys import Key, Keys, keys
from .marks import Mark, Marks, marks_of
from .queue import Item, Queue, items_of
from .screen import Screen, View, shape_line
from .shapes import reason_form
from .texts import Texts

_KEYS = "y,n,a,d,e,s,j,k,g,/,u,q,?"
_HELP = """\
y  accept this change                       n  reject it
a  accept it and all later undecided ones   d  reject it and all later undecided ones
   of its shape                                of its shape
e  write its new text in your editor        u  take back what the last key decided
s  show more context and all files; once more: split its shape
j  the next change    k  the one before     g  go to a number or a path
/  search in reasons, paths and texts       q  quit; what is undecided stays so
Changes are of one shape if they have the same reason, safety and normal form. Each key is kept at once."""
_WORK = 0.01  # seconds for the order before a change is shown


def review(where: Path, asked: str, color: str, summary: bool) -> int:
    """Review a plan. Raises UsageError for one that is not there, RunFailed where decisions cannot be kept."""
    kept = find(where, asked)
    items = items_of(kept.plan)
    if not items:
        say(printable(f"plan {kept.row.id} has no changes: there is nothing to review"))
        return 0
    refuse_lost_base(kept)
    paint = Paint(colored(color, sys.stdout))
    decisions = kept.shelf.decisions(kept.row)
    marks = marks_of(items, decisions)
    asked_again = frozenset(n for n, mark in enumerate(marks) if mark and mark.verdict is Verdict.ASK)
    queue = Queue(items=items, texts=Texts(kept, decisions), asked=asked_again)
    if summary:
        for text in _summary(kept, queue, marks):
            print(text)
        return 0
    with kept.shelf.deciding(kept.row) as decider, keys() as source:
        session = Session(kept, items, queue, Marks(items, marks, decider), Screen(kept.plan, paint), source)
        try:
            session.run()
        except KeyboardInterrupt:
            print()
            signals.delivered(f"all decisions are kept; go on with: codemod review {kept.row.id}")
            raise
    sys.stdout.flush()
    say(*_closing(kept, items))
    return 0


def _summary(kept: Kept, queue: Queue, marks: Sequence[Mark | None]) -> Iterator[str]:
    """A line for each shape, in the order of the review."""
    queue.finish()
    rows = []
    for shape, members in queue.members.items():
        decided = sum(mark is not None and mark.is_decided for mark in (marks[n] for n in members))
        change = queue.items[members[0]].change
        named = f"{kept.plan.steps[shape.step].codemod}: {change.reason}"
        rows.append((str(len(members)), f"{decided:,} decided", shape.safety, line(named), shape_line(shape)))
    widths = [min(60, max(map(len, column))) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first.rjust(widths[0]), *(cell.ljust(w) for cell, w in zip(rest, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


def _closing(kept: Kept, items: Sequence[Item]) -> Iterator[str]:
    """How much is decided, and what to type next. Another review may have decided too."""
    marks = marks_of(items, kept.shelf.decisions(kept.row))
    verdicts = [mark.verdict if mark and mark.is_decided else None for mark in marks]
    left = verdicts.count(None)
    told = [f"{verdicts.count(Verdict.ACCEPT):,} accepted", f"{verdicts.count(Verdict.REJECT):,} rejected"]
    if failing := verdicts.count(Verdict.FAILS):
        told.append(f"{failing:,} left out, tests fail with them")
    waiting = [item.change for item, mark in zip(items, marks, strict=True) if mark is None]
    applied = len(accepted(waiting, NONE, bool(kept.plan.settings.get("unsafe"))))
    undecided = f"{left:,} undecided"
    if applied:
        undecided += f" ({applied:,} of them {'is' if applied == 1 else 'are'} applied unless rejected)"
    yield f"{', '.join([*told, undecided])}"
    yield f"  see it:   codemod diff {kept.row.id}"
    yield f"  apply it: codemod apply {kept.row.id}"
    if left:
        yield f"  go on:    codemod review {kept.row.id}"


@dataclass
class Session:
    """Where a person is in a plan."""

    kept: Kept
    items: Sequence[Item]
    queue: Queue
    marks: Marks
    screen: Screen
    keys: Keys
    place: int = 0
    view: View = field(default_factory=View)
    searched: str = ""
    drafts: dict[int, str] = field(default_factory=dict)  # texts that were refused, for another try

    def run(self) -> None:
        """Until all is decided, or `q`."""
        total, left = len(self.items), self.marks.left
        name = self.kept.row.name
        print(line(f"plan {self.kept.row.id} of {name}: {total - left:,} of {total:,} decided, {left:,} left"))
        self.place = self._undecided(0) if left else 0
        again: bool | None = True
        while again is not None:
            if again:
                self._show()
            key, before = self._key(), self.place
            if key.name == "q":
                return
            again = self._act(key)
            if again is not None and before != self.place:
                self.view, again = View(), True

    def _show(self) -> None:
        self.queue.work(_WORK)
        number = self.number
        item, mark = self.items[number], self.marks[number]
        if mark and mark.new:
            item = Item(item.step, self._with(item.change, mark.new))
        print()
        for text in self.screen.change(item, self.files, mark, self.view, self._alike()):
            print(text)

    def _alike(self) -> str:
        """What the change has in common with others."""
        form = shape_line(self.queue.shape(self.number))
        if (others := self.queue.alike_within(_WORK, self.number)) is None:
            return form
        left = sum(not self.marks.is_decided(n) for n in others)
        if len(others) == 1:
            return f"{form}  (no other of this shape)"
        return f"{form}  ({others.index(self.number) + 1:,} of {len(others):,} of this shape, {left:,} undecided)"

    def _key(self) -> Key:
        wide = shutil.get_terminal_size().columns >= 70
        words = f"accept this change [{_KEYS}]" if wide else "accept [? helps]"
        print(self.screen.paint("bold", f"({self.place + 1}/{len(self.items)}) {words}?") + " ", end="", flush=True)
        return self.keys.read(self._work)

    def _work(self, seconds: float) -> bool:
        return self.queue.work(seconds)

    @property
    def number(self) -> int:
        found = self.queue.at(self.place)
        assert found is not None
        return found

    @property
    def files(self) -> dict[str, Source | None]:
        return self.queue.files(self.number)

    # ---- keys ------------------------------------------------------------------------------

    def _act(self, key: Key) -> bool | None:
        """Do what a key says: whether the change is to be shown again, None where all is decided by it."""
        number = self.number
        match key.name:
            case "y" | "n":
                return self._decide({number: self._as_shown(number, self._mark(key.name == "y"))})
            case "a" | "d":
                return self._decide_alike(key.name == "a")
            case "e":
                return self._edit(key.argument)
            case "s":
                return self._more()
            case "j" | "k":
                return self._step(1 if key.name == "j" else -1)
            case "g":
                return self._go(key.argument)
            case "/":
                self.searched = key.argument or self.searched
                return self._search()
            case "u":
                return self._undo()
            case "?":
                print(_HELP)
            case name:
                print(f"{f'{line(name)} is no key; ' if name else ''}? shows what each key does")
        return False

    def _decide(self, wanted: Mapping[int, Mark]) -> bool | None:
        was_open = bool(self.marks.left)
        self.marks.decide(wanted)
        if was_open and not self.marks.left:
            return None
        self.place = self._undecided(self.place + 1) if self.marks.left else min(self.place + 1, len(self.items) - 1)
        return False

    def _decide_alike(self, accept: bool) -> bool | None:
        chosen = [n for n in self.queue.alike(self.number) if self.queue.place(n) >= self.place]
        chosen = [n for n in chosen if n == self.number or not self.marks.is_decided(n)]
        words = f"{'accepted' if accept else 'rejected'} {plural(len(chosen), 'change')} of this shape"
        reason = reason_form(self.items[self.number].change.reason)
        mark = Mark(Verdict.ACCEPT if accept else Verdict.REJECT, who=cut(f"shape: {reason}"))
        found = self._decide(dict.fromkeys(chosen, mark) | {self.number: self._as_shown(self.number, mark)})
        print(words)
        return found

    def _as_shown(self, number: int, mark: Mark) -> Mark:
        """A change that a person has given another text is accepted with that."""
        known = self.marks[number]
        return mark._replace(new=known.new) if known and mark.verdict is Verdict.ACCEPT else mark

    def _mark(self, accept: bool) -> Mark:
        return Mark(Verdict.ACCEPT if accept else Verdict.REJECT, who=self._who)

    @cached_property
    def _who(self) -> str:
        """The name of whoever decides, as git has it."""
        repository = self.kept.repository
        ident = repository.run("var", "GIT_AUTHOR_IDENT").out.decode("utf-8", "replace") if repository else ""
        if name := ident.partition(" <")[0].strip():
            return cut(name)
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "?"

    def _more(self) -> bool:
        several = len(self.items[self.number].change.paths) > 1
        if several and not self.view.all_files:
            self.view = View(all_files=True)
        elif self.view != View().wider:
            self.view = self.view.wider
        else:
            return self._split()
        return True

    def _split(self) -> bool:
        shape = self.queue.shape(self.number)
        if shape.detail:
            print("its shape is split already")
            return False
        self.queue.split.add(shape)
        if (now := self.queue.alike_within(2 * _WORK, self.number)) is None:
            print("its shape is split by whole statements")  # how many each has is counted while a person reads
            return True
        members = self.queue.members[shape]
        if len(now) == len(members):
            print(f"{plural(len(members), 'change')} of this shape, and their statements are alike: nothing to split")
            return False
        parts = {self.queue.shape(n) for n in members}
        print(f"its shape is split: {len(parts):,} of its kind, {plural(len(now), 'change')}")
        return True

    def _undo(self) -> bool:
        numbers = self.marks.undo()
        if not numbers:
            print("nothing was decided since this review began")
            return False
        print(f"taken back: {plural(len(numbers), 'decision')}")
        self.place = min(map(self.queue.place, numbers))
        return True

    # ---- going -----------------------------------------------------------------------------

    def _undecided(self, start: int) -> int:
        """The first place with an undecided change from there on, and around."""
        for place in count(start):
            number = self.queue.at(place)
            if number is None:
                return self._undecided(0)
            if not self.marks.is_decided(number):
                return place
        raise AssertionError("unreachable")

    def _step(self, by: int) -> bool:
        if not 0 <= self.place + by < len(self.items):
            print("this is the last change" if by > 0 else "this is the first change")
            return False
        self.place += by
        return False

    def _go(self, to: str) -> bool:
        if to.isdecimal() and len(to) < 10:
            if not 1 <= int(to) <= len(self.items):
                print(f"there is no change {int(to):,}; the last is {len(self.items):,}")
                return False
            self.place = int(to) - 1
            return False
        if not to:
            print("g takes a number, or a path or a part of one")
            return False
        for place in range(len(self.items)):
            number = self.queue.at(place)
            if number is not None and any(to in path for path in self.items[number].change.paths):
                self.place = place
                return True
        print(line(f"no path holds {to}"))
        return False

    def _search(self) -> bool:
        """Go to the next change that holds the words in its reason, paths or new texts, around the end."""
        total, wanted = len(self.items), self.searched.casefold()
        for place in (*range(self.place + 1, total), *range(self.place + 1)):
            number = self.queue.at(place)
            if number is not None and wanted and wanted in self.queue.words(number):
                self.place = place
                return True
        print(line(f"nothing holds {self.searched}"))
        return False

    # ---- e ---------------------------------------------------------------------------------

    def _edit(self, argument: str) -> bool | None:
        number = self.number
        step, change = self.items[number]
        files = self.files
        try:
            if not edited.texts_of(change, files):
                raise Refused("this change has no text to edit")
            if argument:
                text = edited.read_text(Path(argument))
            else:
                with self.keys.aside():
                    sys.stdout.flush()
                    shown = self.drafts.get(number) or edited.form(self._shown(number), files)
                    text = edited.ask_editor(shown, self.kept.top)
                if not text.strip():
                    raise Refused("nothing was written")
                self.drafts[number] = text
            new = edited.read_form(text, self._shown(number), files)
            mine = self._with(change, new)
            edited.checked(self.kept.plan.steps[step].spec, mine, files)
        except Refused as refused:
            print(self.screen.paint("red", f"not accepted: {refused}"))
            return False
        self.drafts.pop(number, None)
        mark = self._mark(accept=True)
        return self._decide({number: mark if mine == change else mark._replace(new=new)})

    def _shown(self, number: int) -> Change:
        """A change with the text that a person has given it, if any."""
        mark, change = self.marks[number], self.items[number].change
        return self._with(change, mark.new) if mark and mark.new else change

    @staticmethod
    def _with(change: Change, new: tuple[str, ...]) -> Change:
        return Decision(key=change.key, digest=change.digest, verdict=Verdict.ACCEPT, new=new).edited(change)
