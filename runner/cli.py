"""Arguments in, exit code out. A lone `--version` is answered before anything else is imported."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from . import __version__, signals, terminal
from .errors import EXHAUSTED, INTERNAL, CodemodError, RunFailed, UsageError, os_reason
from .terminal import printable, say


def main() -> None:
    """The console script."""
    terminal.take_over()
    signals.end_cleanly()
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"codemod {__version__}")
        sys.exit(terminal.settle(0))
    gc.disable()  # plain data has no cycles: looking for some again and again is a tenth of what this process does
    code = invoke(sys.argv[1:])
    signals.ignore()  # all is done and said
    sys.exit(terminal.settle(code))


def invoke(arguments: Sequence[str]) -> int:
    """Run the command line. Whatever happens, it ends with one of the exit codes, and with a line that says why."""
    try:
        _refuse_nowhere()
        from .commands import dispatch

        return dispatch(arguments)
    except KeyboardInterrupt as stop:
        say(printable(f"interrupted; {_done() or 'nothing was changed'}"))
        return signals.exit_code(stop)
    except CodemodError as error:
        _fail(str(error))
        return error.exit_code
    except OSError as error:
        if error.errno not in EXHAUSTED and "temporary directory" not in str(error):
            return _unforeseen(error, arguments)
        _fail(f"the system refuses what is needed: {_words(error)}")
        return RunFailed.exit_code
    except BaseException as error:  # a SystemExit too: nobody but `main` ends this process
        return _unforeseen(error, arguments)


def _refuse_nowhere() -> None:
    try:
        os.getcwd()
    except OSError as error:
        raise UsageError(f"the current folder cannot be used: {os_reason(error)}") from None


def _done() -> str:
    return "; ".join(signals.so_far())


def _fail(why: str) -> None:
    """The one line of an error, and a second one where something was done before it."""
    say(printable(f"codemod: {why}"))
    if before := _done():
        say(printable(f"before that: {before}"))


def _unforeseen(error: BaseException, arguments: Sequence[str]) -> int:
    """One line for what nobody has thought of; the rest is for whoever mends it."""
    what = ": ".join(filter(None, (type(error).__name__, _words(error))))
    if _is_verbose(arguments):
        import traceback

        say(*(printable(line) for part in traceback.format_exception(error) for line in part.splitlines()))
        _fail(f"internal error: {what}")
    else:
        _fail(f"internal error: {what}; --verbose shows the traceback")
    return INTERNAL


def _words(error: BaseException) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {os_reason(error)}" if error.filename else os_reason(error)
    try:
        return str(error)
    except Exception:  # an exception that cannot even say what it is
        return ""


def _is_verbose(arguments: Sequence[str]) -> bool:
    """Whether -v was typed, also joined with other short options: the error may come before options are parsed."""
    return any(w == "--verbose" or (w[:1] == "-" != w[1:2] and "v" in w) for w in arguments)
