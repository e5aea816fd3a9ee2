"""Pickles are believed only where this user made them: unpickling is running.

What is kept under the git directory may have come with the repository. So each pickle there stands
behind a keyed digest of its name and content; the key lies in the user's own state directory, which
no repository brings along. What does not carry the digest is as if it were not there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import stat
from functools import cache
from pathlib import Path
from typing import Any

from .disk import read_own, user_state_home, write_atomically

_SIZE = 32


def seal(name: bytes, value: object) -> bytes | None:
    """A value as it may be kept under a name; None where there can be no key."""
    key = _key(user_state_home())
    if key is None:
        return None
    data = pickle.dumps(value, 5)
    return _digest(key, name, data) + data


def unseal(name: bytes, kept: bytes) -> Any:
    """The value that was sealed under this very name. Raises ValueError for anything else."""
    key = _key(user_state_home())
    data = memoryview(kept)[_SIZE:]
    if key is None or not hmac.compare_digest(_digest(key, name, data), kept[:_SIZE]):
        raise ValueError("not made by this user under this name")
    return pickle.loads(data)


def mark(name: bytes, data: bytes) -> str:
    """What shows that this user wrote some data under a name; "" where there can be no key."""
    key = _key(user_state_home())
    return "" if key is None else _digest(key, name, data).hex()


def is_marked(name: bytes, data: bytes, shown: str) -> bool:
    """Whether `mark` gave this for the data."""
    return bool(shown) and hmac.compare_digest(mark(name, data).encode(), shown.encode("utf-8", "replace"))


def own_name(purpose: bytes) -> str | None:
    """A file name that only this user's key gives, so that nobody else can have put a file there; None without a key."""
    key = _key(user_state_home())
    return None if key is None else _digest(key, purpose, b"").hex()[:16]


def _digest(key: bytes, name: bytes, data: bytes | memoryview) -> bytes:
    digest = hashlib.blake2b(len(name).to_bytes(8, "big") + name, key=key, digest_size=_SIZE)
    digest.update(data)
    return digest.digest()


@cache
def _key(home: Path) -> bytes | None:
    """The user's key, made at the first question; one that others could have read or written is made anew."""
    path = home / "key"
    try:
        if (known := _read_key(path)) is not None:
            return known
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, os.urandom(_SIZE), 0o600)
        return _read_key(path)  # that of another process, where it was a moment later
    except (OSError, RuntimeError):  # a home that cannot be written, or none at all
        return None


def _read_key(path: Path) -> bytes | None:
    try:
        known = path.lstat()
        data = read_own(path)
    except OSError:
        return None
    private = known.st_uid == os.geteuid() and stat.S_IMODE(known.st_mode) & 0o077 == 0
    return data if private and len(data) == _SIZE else None
