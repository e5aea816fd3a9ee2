"""What can go wrong, as one line for the person and one exit code for the shell."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable

# The one table of exit codes: help prints it and README repeats it. Skips never change them.
EXIT_CODES = {
    0: "nothing to do, or done",
    1: "changes pending under --check",
    2: "usage or configuration",
    3: "something crashed, failed a check or its tests, or could not be delivered or taken back",
    4: "verification failed or impossible, nothing delivered",
    70: "internal error",
    130: "interrupted (143 by SIGTERM, 129 by SIGHUP)",
}
INTERNAL = 70
INTERRUPTED = 130


def exit_codes() -> str:
    """The table as one sentence."""
    return "Exit codes: " + "; ".join(f"{code} {text}" for code, text in EXIT_CODES.items()) + "."


masks: list[Callable[[str], str]] = []  # each takes out of a text what nobody may read


def masked(text: str) -> str:
    """A text without the tokens that this process knows."""
    for mask in masks:
        text = mask(text)
    return text


class CodemodError(Exception):
    """Anything codemod reports in one line instead of a traceback."""

    exit_code: int

    def __init__(self, *args: object) -> None:
        super().__init__(*(masked(arg) if isinstance(arg, str) else arg for arg in args))


class UsageError(CodemodError):
    """What was asked for cannot be done: what, where, and what to do instead."""

    exit_code = 2


class RunFailed(CodemodError):
    """The run started and could not finish its work."""

    exit_code = 3


class VerifyFailed(CodemodError):
    """The tests do not pass, or cannot be asked: nothing is delivered."""

    exit_code = 4


_WORDS = {
    errno.ENOENT: "no such file",
    errno.EISDIR: "a folder, not a file",
    errno.EBADF: "it is closed",
}


# The machine's limits, which no part of a run can do anything about
EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOMEM, errno.EAGAIN}


def os_reason(error: OSError) -> str:
    """What the system says, in plain words: no number, no path."""
    own = error.strerror not in (None, os.strerror(error.errno or 0))  # Python's own words say more
    known = "" if own else _WORDS.get(error.errno or 0)
    return known or (error.strerror or str(error) or type(error).__name__).lower()
