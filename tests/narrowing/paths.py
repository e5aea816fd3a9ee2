"""The same through pathlib."""

import tempfile
from pathlib import Path


def text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except Exception:
        return "none"


def made(path: Path) -> bool:
    try:
        path.mkdir()
    except Exception:
        return False
    return True


def below(path: Path, folder: Path) -> str:
    try:
        return str(path.relative_to(folder))
    except Exception:
        return "outside"


def renamed(path: Path, suffix: str) -> str:
    try:
        return str(path.with_suffix(suffix))
    except Exception:
        return "no such suffix"


def written(path: Path) -> bool:
    try:
        path.write_text("a", encoding="utf-8")
    except Exception:
        return False
    return True


def bad_text() -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(b"\xff\xff")
        return text(path)


NARROWED = ["text", "made", "below", "renamed", "written"]
ARRIVE = [
    ("FileNotFoundError", lambda: text(Path("/no/such/file"))),
    ("IsADirectoryError", lambda: text(Path("/"))),
    ("UnicodeDecodeError", bad_text),
    ("ValueError", lambda: text(Path("a\0b"))),
    ("FileExistsError", lambda: made(Path("/"))),
    ("FileNotFoundError", lambda: made(Path("/no/such/parent"))),
    ("ValueError", lambda: below(Path("/a"), Path("/b"))),
    ("ValueError", lambda: renamed(Path("/a.txt"), "txt")),
    ("ValueError", lambda: renamed(Path("/"), ".txt")),
    ("FileNotFoundError", lambda: written(Path("/no/such/folder/a"))),
]
