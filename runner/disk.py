"""What codemod keeps between runs, as it lies on the disk: folders of its own, whole files, one lock.

The git directory may have come with the repository, from an archive say. So nothing in it is followed
to another place: a symbolic link where a folder or file of ours belongs is as nothing at all.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from .errors import RunFailed, UsageError, os_reason
from .terminal import quoted

ROOMS = ("batch", "cache", "evidence", "plans", "steps", "tmp", "undo", "verify")  # the folders in ours
LARGEST = 1_000_000_000  # bytes of a file that is read back


def user_state_home() -> Path:
    """The user's own state directory."""
    return _user_home("XDG_STATE_HOME", ".local/state")


def user_cache_home() -> Path:
    """The user's own cache."""
    return _user_home("XDG_CACHE_HOME", ".cache")


def _user_home(variable: str, otherwise: str) -> Path:
    """Our folder in one of the user's, as the XDG base directory specification has it."""
    configured = os.environ.get(variable, "")
    return (Path(configured) if os.path.isabs(configured) else Path.home() / otherwise) / "codemod"


def user_state_dir(place: Path) -> Path:
    """Where is kept what cannot lie at a place: a git directory that is read-only, a folder outside of git."""
    return user_state_home() / hashlib.sha256(os.fsencode(place.resolve())).hexdigest()[:16]


def state_below(git_dir: Path) -> Path:
    """Our folder in a git directory, or the user's own where none can be; nothing is made here."""
    own = git_dir / "codemod"
    there = os.path.lexists(own)
    planted = any(os.path.lexists(p) and not is_own_folder(p) for p in (own, *(own / name for name in ROOMS)))
    if not planted and os.access(own if there else git_dir, os.W_OK | os.X_OK):
        return own
    return user_state_dir(git_dir)


def is_own_folder(place: Path) -> bool:
    """Whether a folder is there, and is no symbolic link to another one."""
    try:
        return stat.S_ISDIR(place.lstat().st_mode)
    except OSError:
        return False


def own_folder(state: Path, *names: str) -> Path:
    """A folder below `state`, made where it is missing. Raises OSError for one that leads elsewhere."""
    state.mkdir(parents=True, exist_ok=True)
    place = state
    for name in names:
        place = place / name
        with contextlib.suppress(FileExistsError):
            place.mkdir()
        if not is_own_folder(place):
            raise NotADirectoryError(errno.ENOTDIR, "not a folder of codemod's own", str(place))
    return place


def read_own(path: Path, most: int = LARGEST) -> bytes:
    """What a regular file holds. Raises OSError for anything else, a symbolic link too, and never waits."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        known = os.fstat(descriptor)
        if not stat.S_ISREG(known.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        if known.st_size > most:
            raise OSError(errno.EFBIG, f"larger than {most / 1e6:,.0f} MB", str(path))
        return file.read(most)


def open_own(path: Path) -> int:
    """Open a regular file to add to it, made where it is missing. Raises OSError for anything else, and never waits."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK, 0o644)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return descriptor


@contextlib.contextmanager
def scratch(state: Path) -> Iterator[Path]:
    """Lend a folder for temporary files; those of killed runs are removed first.

    Raises RunFailed when there can be none.
    """
    try:
        shelf = own_folder(state, "tmp")
        _sweep(shelf)
        folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=shelf))
    except OSError as error:
        raise RunFailed(f"cannot make a folder for temporary files in {state}: {os_reason(error)}") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(shelf: Path) -> None:
    """Remove what killed runs left behind; a folder's name begins with the number of its process."""
    for folder in filter(is_own_folder, shelf.glob("[0-9]*")):
        if is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def is_abandoned(folder: Path) -> bool:
    """Whether the process of a folder that `scratch` lent is not there any more."""
    try:
        os.kill(int(folder.name.partition("-")[0]), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError, OverflowError):
        return False
    return False


def plain_files(top: Path, paths: Iterable[str]) -> list[str]:
    """Those of some paths that are regular files, reached without a symbolic link."""
    reach = _reach(top)

    def is_file(path: str) -> bool:
        try:
            place = reach(path)
            return place is not None and stat.S_ISREG(os.lstat(place).st_mode)
        except OSError:
            return False

    return [path for path in paths if is_file(path)]


def leaving(top: Path, paths: Iterable[str]) -> list[str]:
    """Those of some paths that are no place for a file of the project: outside of `top`, behind a link, in `.git`."""
    reach = _reach(top)

    def stays(path: str) -> bool:
        names = path.split("/")
        if "\0" in path or any(name in ("", ".", "..") or name.lower() == ".git" for name in names):
            return False
        place = reach(path)
        return place is not None and not os.path.islink(place)

    return [path for path in paths if not stays(path)]


def content(path: Path) -> bytes | None:
    """What a file holds now; None where there is none. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def digest(data: bytes | None) -> str | None:
    """SHA-256 in hex of what a file holds, as plans and records have it; None where there is none."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def refuse_unwritable(top: Path, paths: Iterable[str]) -> None:
    """Try every file before the first one is written. Raises RunFailed for one that cannot be replaced."""
    chosen = list(paths)
    for path in leaving(top, chosen):
        raise RunFailed(
            f"{quoted(path)}: behind a symbolic link, or no place for a file of the project; nothing was changed"
        )
    for path in chosen:
        folder = (top / path).parent
        while not os.path.lexists(folder):
            folder = folder.parent
        if not os.access(folder, os.W_OK | os.X_OK) or not (
            os.access(top / path, os.W_OK) or not os.path.lexists(top / path)
        ):
            raise RunFailed(f"{quoted(path)}: it, or its folder, is not writable; nothing was changed")


def _reach(top: Path) -> Callable[[str], bytes | None]:
    """Where a path below `top` lies; None where a symbolic link is on the way, which may lead out."""
    real = os.path.realpath(os.fsencode(top))

    @cache
    def is_plain(folder: bytes) -> bool:
        return os.path.realpath(folder) == folder

    def reach(path: str) -> bytes | None:
        place = os.path.join(real, path.encode("utf-8", "surrogateescape"))
        return place if is_plain(os.path.dirname(place)) else None

    return reach


def write_atomically(path: Path, data: bytes, mode: int | None = None, shelf: Path | None = None) -> None:
    """Replace a file in one step, so that a reader or a crash sees the old content or the new.

    What a killed process leaves behind lies on `shelf` where that is on the same filesystem.
    """
    put(stage(path, data, mode, shelf), path)


def stage(path: Path, data: bytes, mode: int | None = None, shelf: Path | None = None) -> Path:
    """The new content of a file, written and not yet in its place: see `put`."""
    near = shelf is None or shelf.stat().st_dev != path.parent.stat().st_dev
    descriptor, temporary = tempfile.mkstemp(dir=path.parent if near else shelf, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        if mode is not None:
            os.chmod(temporary, mode)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    return Path(temporary)


def put(staged: Path, path: Path) -> None:
    """Move staged content into its place. Raises OSError, and then nothing of it is left."""
    try:
        os.replace(staged, path)
    except OSError as error:
        if error.errno == errno.EXDEV and staged.parent != path.parent:  # a bind mount
            write_atomically(path, staged.read_bytes(), stat.S_IMODE(staged.stat().st_mode))
            staged.unlink()
            return
        with contextlib.suppress(OSError):
            staged.unlink()
        raise


@contextlib.contextmanager
def alone(folder: Path, refusal: str) -> Iterator[None]:
    """Keep others out of a folder for as long as this process lives: the kernel gives the lock back, not we.

    Raises UsageError, with `refusal`, when another process is at work there, RunFailed when there can be no lock.
    """
    try:
        descriptor = os.open(folder / "held", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise RunFailed(f"{folder}: cannot be locked: {os_reason(error)}") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise UsageError(refusal) from None
    except OSError as error:
        os.close(descriptor)
        raise RunFailed(f"{folder}: cannot be locked: {os_reason(error)}") from None
    try:
        yield
    finally:
        os.close(descriptor)


def walk(top: Path) -> Iterator[str]:
    """Regular files under a folder outside git, hidden folders and symbolic links left out."""
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in ("__pycache__", "node_modules"))
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path):
                yield os.path.relpath(path, top).replace(os.sep, "/")
