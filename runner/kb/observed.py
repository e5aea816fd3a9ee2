"""What the monitor saw in one run or several, as a value. See `monitor.py` for what is in its file."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import UsageError, os_reason
from . import monitor


@dataclass(frozen=True)
class Seen:
    """One callable: how often it was entered, what left it, and what left it that the tests had made up."""

    entered: int = 0
    raises: Mapping[str, int] = field(default_factory=dict)
    foreign: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Observation:
    """`callables` and `names` go by "module:qualified name", classes by dotted name."""

    python: str = ""
    distributions: Mapping[str, str] = field(default_factory=dict)
    callables: Mapping[str, Seen] = field(default_factory=dict)
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # a class and all above it, nearest first
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # by module, where its source lies


def watch(python: str, tops: str, command: str = "") -> tuple[Observation, int]:
    """Run a command of that interpreter's under the monitor, or only look at the modules: what was seen, and the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "seen.json")
        try:
            words = shlex.split(command)
        except ValueError as error:
            raise UsageError(f"--suite: {error}") from None
        try:
            ran = subprocess.run(
                [python, os.path.abspath(monitor.__file__), str(output), tops, *words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL if not words else 2,
                check=False,
            )
        except OSError as error:
            raise UsageError(f"--python: {python}: {os_reason(error)}") from None
        if not output.is_file():
            what = f"--suite: {command!r}" if words else f"--python: {python}"
            raise UsageError(f"{what}: ended with exit code {ran.returncode}, and nothing was seen")
        return read(output), ran.returncode


def read(path: Path) -> Observation:
    """What the monitor wrote. Raises UsageError for a file that is something else."""
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
        return Observation(
            python=data["python"],
            distributions=data["distributions"],
            callables={
                key: Seen(entered=told["entered"], raises=told["raises"], foreign=told.get("foreign", {}))
                for key, told in data["callables"].items()
            },
            lines={name: tuple(line) for name, line in data["classes"].items()},
            bases={name: tuple(bases) for name, bases in data["bases"].items()},
            names=data["names"],
            files=data.get("files", {}),
        )
    except OSError as error:
        raise UsageError(f"{path}: {os_reason(error)}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{path}: not what the monitor writes") from None


def merged(several: Iterable[Observation]) -> Observation:
    """Several runs as one: counts are added."""
    callables: dict[str, Seen] = {}
    python = ""
    distributions: dict[str, str] = {}
    lines: dict[str, tuple[str, ...]] = {}
    bases: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    files: dict[str, str] = {}
    for one in several:
        python = python or one.python
        distributions |= one.distributions
        lines |= one.lines
        bases |= one.bases
        names |= one.names
        files |= one.files
        for key, seen in one.callables.items():
            before = callables.get(key, Seen())
            callables[key] = Seen(
                entered=before.entered + seen.entered,
                raises=added(before.raises, seen.raises),
                foreign=added(before.foreign, seen.foreign),
            )
    return Observation(
        python=python,
        distributions=distributions,
        callables=callables,
        lines=lines,
        bases=bases,
        names=names,
        files=files,
    )


def added(left: Mapping[str, int], right: Mapping[str, int]) -> dict[str, int]:
    return {name: left.get(name, 0) + right.get(name, 0) for name in sorted({*left, *right})}
