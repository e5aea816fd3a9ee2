"""The two streams and what goes through them: stdout is data, stderr is talk.

A reader that has gone, a full disk or a stream that was closed from the start stops no run: what cannot
be written is dropped, and `settle` says at the end what that means for the exit code. Text of the
analysed project (paths, names, reasons, messages of its parser) is quoted before a terminal reads it.
"""

from __future__ import annotations

import errno
import io
import os
import re
import select
import signal
import stat
import subprocess
import sys
from typing import Any, TextIO

from .errors import RunFailed, masked, os_reason

_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}


class _Stream(io.FileIO):
    """A standard stream that never fails: from its first error on it keeps nothing but that error."""

    def __init__(self, number: int, was_open: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self.was_open = was_open
        self.error: OSError | None = None
        kind = os.fstat(number).st_mode if was_open else 0
        self.waits = stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind) or stat.S_ISCHR(kind)  # for a reader

    def write(self, data: Any, /) -> int:
        if self.error is None:
            try:
                if not self.was_open:
                    raise OSError(errno.EBADF, os.strerror(errno.EBADF))
                return self._write(data if not self.waits else memoryview(data)[: select.PIPE_BUF])
            except OSError as error:
                self.error = error
        return len(data)

    def _write(self, data: Any) -> int:
        """No call blocks for good: of a signal that comes right before one, Python hears only after it (man 7 signal)."""
        while True:
            while self.waits and not select.select([], [self], [], 0.2)[1]:
                pass
            if (count := super().write(data)) is not None:  # else a pipe that does not block, and is full
                return count


def take_over() -> None:
    """Put streams that never fail in the place of Python's own, once, before anything is printed."""
    was_open = [_is_open(number) for number in range(3)]
    for _ in range(was_open.count(False)):  # no other file may get a standard stream's number
        os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdout = _over(sys.stdout, _Stream(1, was_open[1]))
    sys.stderr = _over(sys.stderr, _Stream(2, was_open[2]))


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _over(old: TextIO | None, raw: _Stream) -> TextIO:
    encoding = old.encoding if old is not None else "utf-8"
    lines = raw.fileno() == 2 or raw.isatty()
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, "backslashreplace", line_buffering=lines)


def settle(code: int) -> int:
    """The exit code after all was printed: a run whose data was lost did not deliver them.

    A reader that has seen enough (`codemod run … | head`) has lost nothing.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    error = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    lost = error.error if isinstance(error, _Stream) else None
    if lost is None or lost.errno == errno.EPIPE:
        return code
    say(f"codemod: cannot write to stdout: {os_reason(lost)}")
    return code if code > 1 else RunFailed.exit_code


def page(text: bytes, pager: str) -> None:
    """To a pager on a terminal, straight to stdout otherwise.

    As with git, Ctrl-C belongs to the pager while it lives, a shell runs it, and one that cannot be run is not used.
    """
    sys.stdout.flush()
    if not pager or not sys.stdout.isatty() or not _paged(text, pager):
        sys.stdout.buffer.write(text)
    sys.stdout.flush()


def _paged(text: bytes, pager: str) -> bool:
    """Whether a pager has shown the text. It gets the usual signals: what we ignored, it would ignore as well."""
    surroundings = os.environ | {"LESS": os.environ.get("LESS", "FRX"), "LV": os.environ.get("LV", "-c")}
    usual = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        process = subprocess.Popen(["sh", "-c", pager], stdin=subprocess.PIPE, env=surroundings)
        process.communicate(text)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, usual)
    return process.returncode not in (126, 127)  # not found, or no program


# ---- colour ------------------------------------------------------------------------------------

_STYLES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36", "dim": "2"}


class Paint:
    """Quotes text for a terminal, and paints it where one wants colour."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, style: str, text: str) -> str:
        return self.raw(style, line(text))

    def raw(self, style: str, text: str) -> str:
        """Of text that is quoted already."""
        return f"\033[{_STYLES[style]}m{text}\033[0m" if self.on and text else text


def colored(choice: str, stream: Any) -> bool:
    """`--color`, then NO_COLOR and FORCE_COLOR, then whether a terminal reads."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or bool(stream.isatty())


# ---- what is written ---------------------------------------------------------------------------


def say(*lines: str) -> None:
    """Talk: lines on stderr. Whatever they hold, each stays one line."""
    for line in lines:
        print(masked(line), file=sys.stderr)


def quoted(path: str) -> str:
    """A path as git shows it (`core.quotePath`): within quotes and escaped where it holds more than plain ASCII."""
    raw = path.encode("utf-8", "surrogateescape")
    if all(32 <= byte < 127 and byte not in (34, 92) for byte in raw):
        return path
    return '"' + "".join(map(_escaped, raw)) + '"'


def _escaped(byte: int) -> str:
    if byte in _ESCAPES:
        return "\\" + _ESCAPES[byte]
    return chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}"


_CONTROL = re.compile(rb"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# C1 controls, separators, and what Unicode calls Default_Ignorable: joiners, directions, fillers, selectors, tags
_UNSEEN = re.compile(
    "[\x80-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def hides(data: bytes) -> bool:
    """Whether a file's text would show otherwise on a terminal than it reads."""
    if _CONTROL.search(data):
        return True
    return not data.isascii() and bool(_UNSEEN.search(data.decode("utf-8", "surrogateescape")))


def visible(data: bytes) -> bytes:
    """A file's text for a terminal: what would move a cursor or hide something is shown, as `^[` or `\\u202e`."""
    data = _CONTROL.sub(lambda m: b"^" + bytes([m[0][0] ^ 64]), data)
    if data.isascii():
        return data
    text = data.decode("utf-8", "surrogateescape")
    return _UNSEEN.sub(lambda m: _code(m[0]), text).encode("utf-8", "surrogateescape")


def _code(character: str) -> str:
    number = ord(character)
    return f"\\U{number:08x}" if number > 0xFFFF else f"\\u{number:04x}"


LONGEST = 600  # characters of a line with words of the project


def line(text: str) -> str:
    """One line with a reason in it, which may hold a name of any length."""
    return cut(printable(text), LONGEST)


def cut(text: str, most: int = 200) -> str:
    """A value of the project for a line of ours: the beginning of one that would fill the screen."""
    return text if len(text) <= most else text[: most - 1] + "…"


def printable_lines(text: str) -> str:
    """Our own lines, with text of the project in some."""
    return "\n".join(map(printable, text.split("\n")))


def printable(text: str) -> str:
    """Text on one line that moves no cursor and hides nothing: control, format (bidi) and lone characters escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
