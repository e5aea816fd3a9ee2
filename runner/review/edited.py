"""`e`: a person writes the new text of a change, in the editor of their choice, and it is checked like any other."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from codemods.engine.propose import Step
from codemods.engine.registry import Spec
from codemods.engine.source import Source
from codemods.engine.values import Change, Edit

from ..disk import read_own
from ..errors import os_reason
from ..git import FOREIGN
from ..message import plural
from ..services import LocalServices
from ..terminal import cut, printable, quoted

_LARGEST = 10_000_000
_SECTION = re.compile(r"^#: ?(\d+) of (\d+)\b[^\r\n]*(?:\r\n|\r|\n)", re.M)
_NEWLINE = re.compile(r"\r\n|\r")
_HELP = """\
#: The new text of this change. Lines that begin with "#:" stay as they are, what is below them is yours to edit.
#: It is checked when you leave the editor. An empty file decides nothing.
"""


class Refused(Exception):
    """Why a text that was edited cannot be taken."""


def texts_of(change: Change, files: Mapping[str, Source | None]) -> list[tuple[str, str]]:
    """The old and new texts that a change has, each once: a name that is renamed in forty places is edited once."""
    pairs = ((_old(edit, files), edit.new) for edit in change.edits if _is_text(edit))
    return list(dict.fromkeys(pairs))


def _is_text(edit: Edit) -> bool:
    return edit.op == "replace" or (edit.op == "create" and bool(edit.new))


def _old(edit: Edit, files: Mapping[str, Source | None]) -> str:
    file = files.get(edit.path)
    return file.text[edit.start : edit.end] if file and edit.op == "replace" else ""


def form(change: Change, files: Mapping[str, Source | None]) -> str:
    """What an editor shows: each new text below a line that says where it goes."""
    pairs = texts_of(change, files)
    whole = [f"#: {printable(change.reason)}\n", _HELP]
    for number, (old, new) in enumerate(pairs, 1):
        places = [e for e in change.edits if _is_text(e) and (_old(e, files), e.new) == (old, new)]
        more = f" and {plural(len(places) - 1, 'more place')}" if len(places) > 1 else ""
        instead = f", in place of: {printable(cut(old))}" if old else ""
        whole.append(
            f"#: {number} of {len(pairs)}, {quoted(places[0].path)}{more}{instead}\n{_NEWLINE.sub(chr(10), new)}\n"
        )
    return "".join(whole)


def read_form(text: str, change: Change, files: Mapping[str, Source | None]) -> tuple[str, ...]:
    """The new texts of all edits in their order, from an edited form or, of one text, from that alone. Raises Refused."""
    pairs = texts_of(change, files)
    found = _SECTION.split(text)
    if len(found) > 1:
        sections = {int(found[i]): found[i + 2] for i in range(1, len(found), 3)}
        if sorted(sections) != list(range(1, len(pairs) + 1)):
            raise Refused('a line that begins with "#:" is gone')
    elif len(pairs) == 1:
        sections = {1: _ended(text) + "\n" if pairs[0][1].endswith("\n") else text}
    else:
        raise Refused(f"the change has {plural(len(pairs), 'text')}; each stands below its own line #: N of M")
    written = {pair: _NEWLINE.sub("\n", sections[n]).removesuffix("\n") for n, pair in enumerate(pairs, 1)}
    return tuple(_for_file(written[_old(e, files), e.new], e, files) if _is_text(e) else e.new for e in change.edits)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _for_file(text: str, edit: Edit, files: Mapping[str, Source | None]) -> str:
    """A text with the line endings of its file; one that nobody has edited as it was."""
    if text == _NEWLINE.sub("\n", edit.new):
        return edit.new
    file = files.get(edit.path)
    return text.replace("\n", file.newline) if file else text


def checked(spec: Spec, change: Change, files: Mapping[str, Source | None]) -> None:
    """Compose an edited change alone on its files, and check those as a run does. Raises Refused."""
    from codemods.engine.check import compose_checked  # not for who edits nothing
    from codemods.engine.golden import MemoryWorld

    texts: dict[str, bytes] = {}
    for path in change.places - change.moves.keys():
        file = files.get(path)
        if file is None:
            raise Refused(f"{quoted(path)}: its content is not the one that the plan was made for")
        if file.data or path not in change.created:
            texts[path] = file.data
    world = MemoryWorld(texts, LocalServices())
    for skip in compose_checked(Step(spec), [replace(change, needs=())], world, converge=False).skips:
        problem = skip.reason.removesuffix(f": {change.reason}")
        raise Refused(f"{quoted(skip.path)}: {printable(problem)}")


# ---- the editor --------------------------------------------------------------------------------


def ask_editor(text: str, where: Path) -> str:
    """What a person makes of a text. Raises Refused where there is no editor, or it failed."""
    if not (sys.stdin and sys.stdin.isatty()) and not _is_named(where):
        raise Refused("an editor needs a terminal; name a file with the new text: e=FILE")
    with tempfile.TemporaryDirectory(prefix="codemod-review-") as folder:
        path = Path(folder, "change.py")
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        command = editor(where)
        usual = signal.signal(
            signal.SIGINT, lambda number, frame: None
        )  # Ctrl-C belongs to the editor while it lives
        try:
            done = subprocess.run(["sh", "-c", f'{command} "$@"', command, str(path)], check=False)
        except OSError as error:
            raise Refused(f"the editor cannot be run: {os_reason(error)}") from None
        finally:
            signal.signal(signal.SIGINT, usual)
        if done.returncode:
            raise Refused(f"the editor ended with {done.returncode}; nothing is decided")
        return read_text(path)


def editor(where: Path) -> str:
    """The user's editor, as git knows it in the repository: GIT_EDITOR, core.editor, VISUAL, EDITOR. Raises Refused."""
    found = _of_git(where, "var", "GIT_EDITOR") or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not found:
        raise Refused("there is no editor; name one in GIT_EDITOR or EDITOR")
    return found


def _is_named(where: Path) -> bool:
    """Whether the user has named an editor: git's own choice waits for a terminal."""
    if any(os.environ.get(name) for name in ("GIT_EDITOR", "VISUAL", "EDITOR")):
        return True
    return bool(_of_git(where, "config", "core.editor"))


def _of_git(where: Path, *words: str) -> str:
    """What git says of the user's settings; "" where it says nothing."""
    here = {k: v for k, v in os.environ.items() if not FOREIGN.fullmatch(k)}
    with contextlib.suppress(OSError):
        done = subprocess.run(["git", *words], cwd=where, env=here, capture_output=True, text=True, check=False)
        return done.stdout.strip()
    return ""


def read_text(path: Path) -> str:
    """A text that a person wrote. Raises Refused."""
    try:
        return read_own(path, _LARGEST).decode("utf-8", "surrogateescape")
    except (OSError, ValueError) as error:
        why = os_reason(error) if isinstance(error, OSError) else "no path"
        raise Refused(f"{quoted(str(path))}: {why}") from None
