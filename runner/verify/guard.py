"""Runs a command for codemod, its output in a file, and ends it when codemod is no more: a script of its own.

Whoever kills codemod cannot tell it to end the tests. So the process between them looks for its parent.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time


def main(parent: int, output: str, command: list[str]) -> int:
    """The command's exit code, as a shell gives it."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    with open(output, "wb") as file:
        try:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT)
        except OSError as error:
            file.write(f"{command[0]}: {error.strerror}\n".encode("utf-8", "surrogateescape"))
            return 127 if isinstance(error, FileNotFoundError) else 126
        code = child.wait()
    return code if code >= 0 else 128 - code


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.1)
    os.killpg(0, signal.SIGKILL)  # the group is ours: see programs.run


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
