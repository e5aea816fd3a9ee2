"""The outcome of the command on a base, and which sets of changes passed, kept between runs under a keyed digest.

It holds for one commit, command and state of the environment: what is installed there is looked at again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from ..disk import own_folder, read_own, write_atomically
from ..seal import seal, unseal
from .ran import Ran

_VERSION = 1
_DAY = 86_400.0  # seconds that an outcome holds: a suite may depend on the day
_KEPT = 20
_INSTALLED = (".dist-info", ".egg-info", ".pth", ".egg-link")


@dataclass(frozen=True)
class Memory:
    """What was found out about a base."""

    base: Ran
    environment: str
    when: float
    green: frozenset[str] = frozenset()  # digests of sets that passed


def recall(state: Path, key: str) -> Memory | None:
    """What is known for a key, where it still holds."""
    with contextlib.suppress(Exception):  # not there, or of another hand or version
        found = unseal(key.encode(), read_own(state / "verify" / key))
        assert isinstance(found, Memory)
        fresh = 0 <= time.time() - found.when < _DAY
        return found if fresh and found.environment == environment_of(found.base) else None
    return None


def keep(state: Path, key: str, base: Ran, green: frozenset[str] = frozenset()) -> None:
    """Remember an outcome, where anything of its environment is known; the oldest ones go."""
    environment = environment_of(base)
    small = replace(
        base, output="", modules=frozenset(), tests={n: replace(t, text="") for n, t in base.tests.items()}
    )
    if not environment:
        return
    with contextlib.suppress(OSError):
        folder = own_folder(state, "verify")
        if sealed := seal(key.encode(), Memory(base=small, environment=environment, when=time.time(), green=green)):
            write_atomically(folder / key, sealed)
        others = sorted(folder.iterdir(), key=lambda path: path.lstat().st_mtime)
        for path in others[:-_KEPT]:
            path.unlink()


def key_of(*parts: object) -> str:
    """A name for what an outcome depends on."""
    return hashlib.sha256(repr((_VERSION, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def environment_of(base: Ran) -> str:
    """A digest of the Pythons that ran and of what is installed for them; "" where none of it is known."""
    told: list[object] = []
    for python, version, places in sorted(base.pythons):
        with contextlib.suppress(OSError):  # that of an environment which a test has made for itself
            known = os.stat(python)
            told.append((python, version, known.st_size, known.st_mtime_ns))
            for place in places:
                with os.scandir(place) as entries:
                    told += sorted((e.name, e.stat().st_mtime_ns) for e in entries if e.name.endswith(_INSTALLED))
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest() if told else ""
