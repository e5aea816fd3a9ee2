"""Whole steps of earlier runs: the run that follows a dry run of the same commit repeats nothing.

A step's answer is kept under a key of all that it depends on: the commit and what earlier steps made
of it, the codemod with its options, the limits on editing, the code of both packages and the versions
of the tools. A report that the user named is compared when the answer is asked for. Only a commit has
such a key; a folder would have to be read first.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from codemods.engine.reading import Reading
from codemods.engine.registry import Spec, is_built_in

from .cache import code_digest, folder_digest, stable_digest
from .config import Options
from .decide import Decisions
from .disk import is_own_folder, own_folder, read_own, write_atomically
from .files import CommitWorld, FileWorld
from .git import Repository
from .outcome import Done
from .seal import seal, unseal

KEPT = 12  # answers
BYTES = 300_000_000  # of all answers together


def recall(spec: Spec, world: FileWorld, options: Options, decisions: Decisions) -> Done | None:
    """What this step gave before, where nothing that it depends on has changed."""
    if not is_own_folder(world.shared / "steps"):  # then the key need not be worked out
        return None
    path = _path(spec, world, options, decisions)
    if path is None:
        return None
    with contextlib.suppress(Exception):  # not there, or of another hand or version
        done, reports, before = unseal(path.name.encode(), read_own(path))
        assert isinstance(done, Done)
        if world.services.holds(reports):
            path.touch()
            return replace(done, composed=replace(done.composed, before=world.read(before)), decisions=decisions)
    return None


def keep(done: Done, world: FileWorld, options: Options) -> None:
    """Keep a step, but for one with a crash or a refusal, and let the oldest ones go. Old contents stay in the repository.

    A step that looked into no file has cost nothing and is not kept.
    """
    if not done.step.files or world.crashed or world.remarks:
        return
    path = _path(done.step.spec, world, options, done.decisions)
    if path is None:
        return
    step = replace(done.step, reading=Reading(), aside=(), decided={})
    small = Done(step, replace(done.composed, before={}))
    for change in step.changes:
        change.digest  # noqa: B018 - worked out once, it is kept with the change
    kept = seal(path.name.encode(), (small, dict(world.services.reports), list(done.composed.before)))
    if kept is None:
        return
    with contextlib.suppress(OSError):
        own_folder(world.shared, "steps")
        write_atomically(path, kept)
        left = BYTES
        for rank, old in enumerate(sorted(path.parent.iterdir(), key=lambda p: -p.stat().st_mtime_ns)):
            left -= old.stat().st_size
            if rank >= KEPT or (rank and left < 0):
                old.unlink()


def _path(spec: Spec, world: FileWorld, options: Options, decisions: Decisions) -> Path | None:
    if not (isinstance(world, CommitWorld) and world.base and options.cache and is_built_in(spec.where)):
        return None
    limits = (options.exclude, options.extend_exclude, world.named, options.source_roots)
    how = (options.unsafe, options.format, options.max_file_size, options.timeout, decisions.identity)
    code = (code_digest(spec.where), folder_digest(Path(__file__).parent))
    recent = None if world.recent is None else sorted(world.recent)
    asked = (spec.where, dict(spec.options), limits, how, code, recent)
    digest = stable_digest((world.base, _contents(world.changed), _attributes(world.repository), asked))
    return world.shared / "steps" / digest.hex()


def _attributes(repository: Repository) -> tuple[bytes, ...]:
    """The contents of the attribute files that are not in the commit."""
    told = repository.run("config", "--path", "--get", "core.attributesFile").out.rstrip(b"\n")
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    shared = Path(os.fsdecode(told)) if told else Path(home, "git", "attributes")
    files = (repository.common_dir / "info" / "attributes", shared, Path("/etc/gitattributes"))
    return tuple(map(_content, files))


def _content(path: Path) -> bytes:
    with contextlib.suppress(OSError):  # not there, or not for us: git reads as little of it
        return read_own(path.resolve())
    return b""


def _contents(files: Mapping[str, bytes | None]) -> dict[str, str]:
    return {path: "" if data is None else hashlib.blake2b(data).hexdigest() for path, data in files.items()}
