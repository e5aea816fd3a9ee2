"""A review of 30,000 changes in 1,700 files on a terminal, or `git add -p` over the same.

`reviewing.py change|key COMMAND…`: run inside a repository; prints the seconds to the first prompt, or the longest
that any of the keys took. Somebody reads the first change for a second, and then presses ten keys a second. Ends
with an error where codemod keeps a person waiting, or is larger than a small machine likes.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from corpus import CACHE, commit

FILES, CHANGES = 1_700, 18  # in each of them
FIRST, KEY, MEMORY = 3.0, 0.05, 300  # seconds (the plan read, and one more), seconds, MB
KEYS = ("j", "s", "s", "s", "s", "y", "n", "k", "a", "u", "g module_0901\n", "/text 77\n", "g 29000\n", "d", "u", "?")
_FORMS = (
    "    return old({n}), name_{n}\n",
    "    value_{n} = old({n})\n    return value_{n}\n",
    "    assert old({n}) == {n}, 'text {n}'\n",
    '    for item in old({n}):\n        print(item, "{n}")\n',
    "    return [\n        old({n}),\n        other({n}),  # kept\n    ]\n",
)
_PROMPT = re.compile(rb"\]\?(?:\x1b\[[0-9;]*m)* ")


def reviewed(applied: bool = False) -> Path:
    """A project with a plan of 30,000 changes, or with these changes in its work tree; built once."""
    folder = CACHE / "corpus" / f"reviewed-{FILES * CHANGES}{'-applied' if applied else ''}"
    if (folder / ".git" / "built").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    chosen = random.Random(7)
    for number in range(FILES):
        target = folder / f"pkg_{number % 40}" / f"module_{number:04}.py"
        target.parent.mkdir(parents=True, exist_ok=True)
        functions = (
            f'\n\ndef function_{i}(argument, other=None):\n    """What it does."""\n    # a comment (with brackets\n'
            + chosen.choice(_FORMS).format(n=chosen.randrange(10_000))
            for i in range(CHANGES)
        )
        target.write_text("from legacy import old\n" + "".join(functions))
    commit(folder)
    codemod = Path(sys.executable).with_name("codemod")
    swap = Path(__file__).parents[1] / "local" / "swap_call.py"
    how = ("--in-place",) if applied else ("--dry-run",)
    command = [codemod, "run", swap, "--format", "off", *how]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    (folder / ".git" / "built").touch()
    return folder


class Typist:
    """Somebody at a terminal of 24 lines of 100 columns."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.end, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
        self.child = subprocess.Popen(argv, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
        os.close(theirs)

    def waited(self) -> float:
        """The seconds until there is a prompt."""
        start, seen = time.perf_counter(), b""
        while not _PROMPT.search(seen):
            if not select.select([self.end], [], [], 60)[0]:
                raise SystemExit(f"no prompt: {seen[-300:]!r}")
            seen += os.read(self.end, 65_536)
        return time.perf_counter() - start

    def press(self, key: str) -> float:
        time.sleep(0.1)
        os.write(self.end, key.encode())
        return self.waited()

    def megabytes(self) -> float:
        status = Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s*(\d+)", status)[1]) / 1024


def main(what: str, argv: Sequence[str]) -> None:
    is_ours = "codemod" in argv[0]
    typist = Typist(argv)
    first = typist.waited()
    took = {}
    if what == "key":
        time.sleep(1)
        keys = KEYS if is_ours else ("n\n", "n\n", "n\n", "n\n")
        took = {f"{number} {key!r}": typist.press(key) for number, key in enumerate(keys, 1)}
    slow = [f"{key} {seconds * 1000:.0f} ms" for key, seconds in took.items() if seconds > KEY]
    if first > FIRST:
        slow.insert(0, f"the first change {first:.1f} s")
    if is_ours and typist.megabytes() > MEMORY:
        slow.append(f"{typist.megabytes():.0f} MB")
    typist.child.kill()
    if is_ours and slow:
        raise SystemExit(f"too slow for a person: {', '.join(slow)}")
    print(max(took.values(), default=first))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
