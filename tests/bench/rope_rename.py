"""`rope_rename.py FOLDER PATH NAME NEW`: rope renames what PATH defines; prints the seconds to its edits, which are not written.
Run by the interpreter of rope's own environment."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path


def main(folder: str, path: str, name: str, new: str) -> None:
    from rope.base.project import Project  # type: ignore[import-not-found]
    from rope.refactor.rename import Rename  # type: ignore[import-not-found]

    found = re.search(rf"^(?:def|class) ({name})\b", (Path(folder) / path).read_text(), re.MULTILINE)
    assert found is not None, name
    start = time.perf_counter()
    project = Project(folder, ropefolder=None, ignore_syntax_errors=True)
    changes = Rename(project, project.get_resource(path), found.start(1)).get_changes(new)
    seconds = time.perf_counter() - start
    if not changes.changes:
        raise SystemExit("error: no edits")
    print(f"{len(changes.changes)} files", file=sys.stderr)
    print(seconds)


if __name__ == "__main__":
    main(*sys.argv[1:])
