"""What a person sees of a change: its reason and safety, a diff for each file, imports, what was decided before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codemods.engine.source import Source
from codemods.engine.values import Change, Edit, Safety

from ..decide import Verdict, is_late
from ..message import plural
from ..moved import Moved
from ..plan import Plan
from ..terminal import LONGEST, Paint, line, quoted, visible
from .hunks import Hunk, Line, hunks, split_lines
from .marks import Mark
from .moves import Block, Key, moves
from .queue import Item
from .shapes import Shape, edits_by_path

LISTED = 10  # files of a change in a list
_MOST = 40  # lines of a file that is created, or of a text whose file is not there
_LINES = 400  # of one change, before one asks for more
_CONTEXT = (3, 15)
_STYLES = {" ": "", "-": "red", "+": "green"}
_MOVED = {"-": "magenta", "+": "cyan"}  # as git shows them
_SAFETY = {Safety.SAFE: "green", Safety.UNSAFE: "yellow", Safety.SUGGEST: "yellow"}
_DECIDED = {
    Verdict.ACCEPT: ("green", "accepted"),
    Verdict.REJECT: ("red", "rejected"),
    Verdict.FAILS: ("red", "tests fail with it"),
    Verdict.ASK: ("yellow", "asked again: it was accepted, and is made otherwise now"),
}


@dataclass(frozen=True)
class View:
    """How much of a change is shown."""

    context: int = _CONTEXT[0]
    all_files: bool = False

    @property
    def wider(self) -> View:
        return View(context=_CONTEXT[1], all_files=True)


@dataclass(frozen=True)
class Screen:
    """Writes changes of a plan as lines; all text of the project is escaped."""

    plan: Plan
    paint: Paint

    def change(
        self, item: Item, files: Mapping[str, Source | None], mark: Mark | None, view: View, alike: str
    ) -> Iterator[str]:
        """All lines of one change; `alike` says what it has in common with others."""
        paint, change, step = self.paint, item.change, self.plan.steps[item.step]
        yield f"{paint('bold', f'{step.codemod}: {self.title(change)}')}"
        yield f"{paint(_SAFETY[change.safety], change.safety.value)}{paint('dim', f'  {alike}' if alike else '')}"
        if failed := step.dropped.get(change.key):
            yield paint("red", f"failed a check when it was planned: {failed}")
        yield from (paint("dim", told) for told in Moved.of([change]).told)
        yield from self._body(change, files, view)
        yield from self._imports(change)
        if mark:
            yield self.decided(mark)

    def title(self, change: Change) -> str:
        """A change's reason; of many files as what it is."""
        count = len(change.paths)
        return f"{change.reason}; causes edits in {plural(count, 'file')}" if count > 1 else change.reason

    def decided(self, mark: Mark) -> str:
        style, words = _DECIDED[mark.verdict]
        if is_late(mark.verdict, mark.note):
            words = "asked again: the tests had no time for it"
        words += " with a text of your own" if mark.new else ""
        words += f" by {mark.who}" if mark.who and mark.verdict is not Verdict.ASK else ""
        return self.paint(style, f"{words}{f' ({mark.note})' if mark.note else ''}")

    # ---- the diff --------------------------------------------------------------------------

    def _body(self, change: Change, files: Mapping[str, Source | None], view: View) -> Iterator[str]:
        paths = list(change.paths)
        shown = paths if view.all_files else paths[:1]
        edits = edits_by_path(change)
        most = _LINES if not view.all_files else 50 * _LINES
        try:
            moved = moves(change, files)
        except ValueError:  # edits that are none of their file: said where they are shown
            moved = {}
        for path in shown:
            for text in self._file(change, path, files.get(path), edits.get(path, []), view, moved):
                if most == 0:
                    yield self.paint("dim", "… (the rest is left out; s shows more)")
                if most <= 0:
                    return
                most -= 1
                yield text
        if others := paths[len(shown) :]:
            yield self.paint("dim", f"and in {plural(len(others), 'more file')} (s shows all):")
            yield from (f"  {line(quoted(path))}" for path in others[:LISTED])
            if len(others) > LISTED:
                yield self.paint("dim", f"  … and {plural(len(others) - LISTED, 'more file')}")

    def _file(
        self,
        change: Change,
        path: str,
        file: Source | None,
        edits: Sequence[Edit],
        view: View,
        moved: Mapping[Key, Block],
    ) -> Iterator[str]:
        paint = self.paint
        operations = [e for e in change.edits if e.path == path and e.op in ("move", "delete")]
        for edit in operations:
            yield from self._operation(edit, file)
        if (text := change.created.get(path)) is not None:
            yield from self._created(path, text, view, moved)
        named = operations or path in change.created
        if named and not edits:
            return
        if not named:
            places = f":{change.parts[0].line}" if path == change.parts[0].path else ""
            yield paint("bold", f"{quoted(path)}{places}")
        if file is None:
            yield paint(
                "yellow", "its content is not the one that the plan was made for; only the new text is known:"
            )
            yield from (self._text("+", text) for e in edits[:_MOST] for text in e.new.splitlines()[:_MOST])
            return
        try:
            found = hunks(file, edits, view.context)
        except ValueError as error:
            yield paint("red", str(error))
            return
        for hunk in found:
            yield from self._hunk(hunk, path, view, moved)

    def _operation(self, edit: Edit, file: Source | None) -> Iterator[str]:
        name = quoted(edit.path)
        if edit.op == "move":
            yield self.paint("bold", f"{name} moves to {quoted(edit.new)}")
        else:
            count = f" ({plural(len(file.line_starts) - 1, 'line')})" if file else ""
            yield self.paint("bold", f"{name} is deleted{count}")

    def _created(self, path: str, text: str, view: View, moved: Mapping[Key, Block]) -> Iterator[str]:
        yield self.paint("bold", f"{quoted(path)} is created")
        most = None if view.all_files else _MOST
        lines = [row.rstrip("\r\n") for row in split_lines(text)]
        blocks = [moved.get(("+", path, number)) for number in range(1, len(lines) + 1)]
        shown = [pair for pair in zip(lines, blocks, strict=True) if view.all_files or _is_shown(pair[1])]
        yield from (self._changed("+", row, block, view) for row, block in shown[:most])
        if len(shown) > _MOST and most:
            yield self.paint("dim", f"… and {plural(len(shown) - most, 'more line')}")

    def _hunk(self, hunk: Hunk, path: str, view: View, moved: Mapping[Key, Block]) -> Iterator[str]:
        inside = self.paint("dim", f" {hunk.inside}") if hunk.inside else ""
        yield f"{self.paint('cyan', hunk.head)}{inside}"
        width = len(str(max(max(entry.old, entry.new) for entry in hunk.lines)))
        endings = {sign: {_ending(entry.text) for entry in hunk.lines if entry.sign == sign} for sign in "+-"}
        marks = all(endings.values()) and endings["+"] != endings["-"]
        focus = _focus(hunk.lines)
        for number, entry in enumerate(hunk.lines):
            old = str(entry.old) if entry.sign != "+" else ""
            new = str(entry.new) if entry.sign != "-" else ""
            body = entry.text.rstrip("\r\n")
            ending = _ending(entry.text).replace("\r", "^M").strip("\n") if marks and entry.sign != " " else ""
            numbers = self.paint.raw("dim", f"{old:>{width}} {new:>{width}} ")
            block = None
            if entry.sign != " ":
                block = moved.get((entry.sign, path, entry.old if entry.sign == "-" else entry.new))
            if view.all_files or _is_shown(block):
                text = _window(body, focus.get(number, 0)) + ending
                yield f"{numbers}{self._changed(entry.sign, text, block, view)}"

    def _changed(self, sign: str, text: str, block: Block | None, view: View) -> str:
        """A line of a diff; of a block that moves, where it comes from or goes to, or each line in a colour of its own."""
        if block is None:
            return self._text(sign, text)
        if view.all_files:
            return self._text(sign, text, _MOVED[sign])
        where = f"{'from' if sign == '+' else 'to'} {quoted(block.path)}:{block.line}"
        return self._text(sign, f"… {plural(block.lines, 'line')} moved {where}, unchanged", _MOVED[sign])

    def _text(self, sign: str, text: str, style: str = "") -> str:
        shown = visible(text.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")
        style = style or _STYLES[sign]
        return self.paint.raw(style, f"{sign}{shown}") if style else f"{sign}{shown}"

    # ---- what comes with it ----------------------------------------------------------------

    def _imports(self, change: Change) -> Iterator[str]:
        required = dict.fromkeys(str(i) for p in change.parts for i in p.requires)
        instead = dict.fromkeys(str(new) for p in change.parts for new, _ in p.instead)
        freed = dict.fromkeys(str(i) for p in change.parts for i in p.frees)
        told = [
            f"{words}: {'; '.join([*found][:LISTED])}"
            for words, found in (("requires", {**required, **instead}), ("may free", freed))
            if found
        ]
        if told:
            yield self.paint("dim", "  ".join(told))


def shape_line(shape: Shape) -> str:
    """The normal form of a shape, for whoever compares shapes."""
    return line("; ".join(form.removeprefix(": ") for form in (shape.detail or shape.edits)[:3]))


def _is_shown(block: Block | None) -> bool:
    """Whether a line is shown before one asks for more: of a block that moves, the first stands for all."""
    return block is None or not block.offset


def _ending(text: str) -> str:
    return text[len(text.rstrip("\r\n")) :]


def _focus(lines: Sequence[Line]) -> dict[int, int]:
    """Of lines that replace each other, where they begin to differ."""
    found: dict[int, int] = {}
    removed = [n for n, entry in enumerate(lines) if entry.sign == "-"]
    added = [n for n, entry in enumerate(lines) if entry.sign == "+"]
    for old, new in zip(removed, added, strict=False):
        a, b = lines[old].text, lines[new].text
        if max(len(a), len(b)) > LONGEST:
            found[old] = found[new] = _differing(a, b)
    return found


def _differing(a: str, b: str) -> int:
    """How many characters two texts have in common at the beginning, in few steps."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if a[:middle] == b[:middle] else (low, middle - 1)
    return low


def _window(text: str, focus: int) -> str:
    """A line that would fill the screen, around the place that matters."""
    if len(text) <= LONGEST:
        return text
    start = max(0, min(focus - LONGEST // 3, len(text) - LONGEST))
    end = start + LONGEST
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
