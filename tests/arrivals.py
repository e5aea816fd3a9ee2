"""Run programs of `narrowing/` and say what became of each exception that they make arrive; started by itself.

    python arrivals.py FOLDER…      for each folder, all its programs: {program: [[expected, result, escaped, seen], …]} as JSON

What is *seen* are the names of the types that some frame of the program saw pass: a driver that makes nothing arrive
proves nothing.
"""

from __future__ import annotations

import contextlib
import io
import json
import runpy
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any


def program(path: Path) -> list[list[object]]:
    """The outcome of each case of one program."""
    module = runpy.run_path(str(path))
    drives = [*module["ARRIVE"], *module.get("PROGRAMMING", ())]
    return [[expected, *outcome(drive, str(path))] for expected, drive in drives]


def outcome(drive: Callable[[], object], path: str) -> tuple[str, str, list[str]]:
    """What a driver gives, the type of what escapes it ("" where nothing does), and the types that the program saw."""
    seen: set[str] = set()

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        if frame.f_code.co_filename != path:
            return None
        if event == "exception":
            seen.add(arg[0].__name__)
        return trace

    threading.settrace(trace)
    sys.settrace(trace)
    try:
        result, escaped = repr(drive()), ""
    except BaseException as error:  # whatever escapes is what this is about
        result, escaped = "", type(error).__name__
    finally:
        sys.settrace(None)
        threading.settrace(None)
    return result, escaped, sorted(seen)


def main(folders: list[str]) -> None:
    warnings.simplefilter("ignore")
    said = {}
    for folder in folders:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            said[folder] = {path.stem: program(path) for path in sorted(Path(folder).glob("*.py"))}
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1:])
