# args: --unsafe
# path: shop.py
# suggest: 15
from pathlib import Path


def made(folder: Path, name: str) -> bool:
    try:
        (folder / name).mkdir()
    except Exception:
        return False
    return True


def text(folder: Path) -> str:
    try:
        return str(folder / "a.txt")
    except Exception:
        return ""
# output
from pathlib import Path


def made(folder: Path, name: str) -> bool:
    try:
        (folder / name).mkdir()
    except OSError:
        return False
    return True


def text(folder: Path) -> str:
    try:
        return str(folder / "a.txt")
    except Exception:
        return ""
