"""The bench corpus: real projects from pinned source distributions, as git repositories.

`repository(n)` is the corpus n times over (1, 2, 4), each copy under a top folder of its own,
in one packed commit with a fixed date. Built once, outside this repository; never committed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sdists import CACHE, Sdist, unpack

PINS = (
    Sdist("salt", "3008.5", "0259deafd601d783721e5aa8ed10677d8c4d6cc12f5de17499af71590d593315"),
    Sdist("pandas", "3.1.1", "05fed3e3b7c99b226f160e29d7d6cb7ef39638c758cbfe42b3f24ba34f04b859"),
    Sdist(
        "matrix-synapse",
        "1.120.0",
        "ce6a0715e063e44f0940e5718cbcf0c856be6e00c006e278c4304019477b46f8",
    ),
    Sdist("redis", "8.1.0", "6e1a19beef9225c83efd689c7e6b7da2d5215b1f42cd13b7fc3714d0a09c7b25"),
    Sdist("celery", "5.7.0", "6a5dfcf6662287204f009a02002b9e66c83d4105e47ebabdc7079108772fc6f0"),
    Sdist(
        "advanced-alchemy",
        "1.12.0",
        "65d9349f91dc01327da93ece64a578c8942ce51425113116c0e28a94e6f34d4d",
    ),
    Sdist("slack_sdk", "3.47.0", "824e91a94a5b72a65531e8db0dd63dc4dc6bbad1a219b19582b48d5661c1c707"),
    Sdist("datasette", "0.65.5", "8d16ab1bf9a2753089cd3cb079045885d440f11267973e89e08e7fecf555264a"),
    Sdist(
        "sqlalchemy-utils",
        "0.43.0",
        "7e8741dbc2c0f992d2181cd69de13de292b3a2a5305a9da832e10d540abcedbf",
    ),
    Sdist("sqlite-utils", "4.2.1", "76114b6a5414714e6c70e5fa5c4781b301b590f6951b5da39c8cc60c21382ba1"),
    Sdist(
        "fastapi-users",
        "15.0.5",
        "097f69701894e650c346df89b1cdb0a09cf139234f4cb9a8ece275af4e98e202",
    ),
    Sdist(
        "flask-sqlalchemy",
        "3.1.1",
        "e4b68bb881802dda1a7d878b2fc84c06d1ee57fb40b874d3dc97dabfa36b8312",
    ),
)
KEPT = {".py", ".pyi", ".toml", ".ini", ".cfg"}
FILES, MEGABYTES = 4_000, 80
ENV = {
    # as on a user's machine, compiled code is kept
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_NAME": "bench" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "bench@example.invalid" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_DATE": "2026-01-01T00:00:00Z" for who in ("AUTHOR", "COMMITTER")},
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, env=ENV, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"error: {folder}: git {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout.strip()


def commit(folder: Path) -> None:
    """Everything in the folder as the one packed commit of a new repository."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "-qm", "corpus")
    git(folder, "repack", "-adq")
    git(folder, "update-index", "-q", "--refresh")


def _copy(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.suffix in KEPT and path.is_file() and not path.is_symlink():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def size(folder: Path) -> tuple[int, float]:
    """Python files and their megabytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*.py")]
    return len(sizes), sum(sizes) / 1e6


def repository(times: int = 1) -> Path:
    """The corpus `times` over, built when it is not there yet for these pins."""
    key = hashlib.sha256("".join(pin.sha256 for pin in PINS).encode()).hexdigest()[:12]
    folder = CACHE / "corpus" / f"{key}-{times}x"
    if (folder / ".git" / "built").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    for pin in PINS:
        source = unpack(pin, CACHE / "unpacked" / pin.label)
        for copy in range(times):
            _copy(source, folder / f"copy{copy}" / pin.label if times > 1 else folder / pin.label)
    commit(folder)
    files, megabytes = size(folder)
    if files < FILES or megabytes < MEGABYTES:
        raise SystemExit(f"error: the corpus has {files} files and {megabytes:.0f} MB, too small")
    (folder / ".git" / "built").touch()
    return folder


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["1"]:
        built = repository(int(argument))
        print(built, *size(built))
