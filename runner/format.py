"""Keep a formatted project formatted: run its own formatter over the composed files of a step.

Only where the project configures black or ruff's formatter, and only files whose input already is
what that formatter makes of it; nothing else is reflowed. One call for all files, on copies.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .cache import Cache, stable_digest
from .git import to_bytes
from .services import ruff_binary

PYTHON = (".py", ".pyi")
SETTINGS_FILES = ("pyproject.toml", "ruff.toml", ".ruff.toml", ".editorconfig")


def formatter_of(texts: Mapping[str, str], path: str) -> tuple[str, str]:
    """("black" or "ruff", folder of its configuration) by the nearest one above a file, else ("", "")."""
    folder = path.rpartition("/")[0]
    while True:
        prefix = f"{folder}/" if folder else ""
        for name in ("ruff.toml", ".ruff.toml"):
            if "[format]" in texts.get(prefix + name, ""):
                return "ruff", folder
        tools = _tools(texts.get(prefix + "pyproject.toml", ""))
        if "black" in tools:
            return "black", folder
        ruff = tools.get("ruff")
        if isinstance(ruff, dict) and "format" in ruff:
            return "ruff", folder
        hooks = texts.get(prefix + ".pre-commit-config.yaml", "")
        if re.search(r"^\s*-?\s*id:\s*ruff-format\b", hooks, re.M):
            return "ruff", folder
        if re.search(r"^\s*-?\s*id:\s*black\b", hooks, re.M):
            return "black", folder
        if not folder:
            return "", ""
        folder = folder.rpartition("/")[0]


@cache
def _tools(text: str) -> Mapping[str, object]:
    if "[tool." not in text:
        return {}
    try:
        tools = tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError:
        return {}
    return tools if isinstance(tools, dict) else {}


def format_files(
    texts: Mapping[str, str], before: Mapping[str, bytes], after: Mapping[str, bytes], cache: Cache
) -> dict[str, bytes]:
    """The formatted content of those files in `after` that were formatted before, where it differs."""
    jobs: dict[tuple[str, str], list[str]] = {}
    for path in before:
        if path in after and path.endswith(PYTHON):
            jobs.setdefault(formatter_of(texts, path), []).append(path)
    jobs.pop(("", ""), None)
    settings = {p: t for p, t in texts.items() if p.rpartition("/")[2] in SETTINGS_FILES}
    keys: dict[str, bytes] = {}
    for (tool, folder), mine in jobs.items():
        base = stable_digest((tool, version(tool), folder, settings))
        keys |= {p: stable_digest((base, p, before[p], after[p])) for p in mine}
    known = cache.lookup(list(keys.values()))
    fresh = {job: [p for p in mine if keys[p] not in known] for job, mine in jobs.items()}
    with ThreadPoolExecutor() as pool:  # one project's formatter starts while that of another works
        made = [
            pool.submit(_formatted, *job, settings, {p: before[p] for p in mine}, {p: after[p] for p in mine})
            for job, mine in fresh.items()
        ]
    new = {keys[p]: data for future in made for p, data in future.result().items()}
    cache.store(new)
    result = {p: (known | new)[key] for p, key in keys.items()}
    return {p: d for p, d in result.items() if d != after[p]}


def _formatted(
    tool: str, folder: str, settings: Mapping[str, str], before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> dict[str, bytes]:
    """What the formatter makes of files that it leaves as they are; others as composed."""
    made = _run(tool, folder, settings, after)
    differs = {p: before[p] for p in after if made[p] != after[p]}
    was = _run(tool, folder, settings, differs)
    return {p: made[p] if was.get(p) == before[p] else data for p, data in after.items()}


def _run(tool: str, place: str, settings: Mapping[str, str], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What the formatter makes of copies in a folder that has the project's settings files and no other."""
    if not files:
        return {}
    with tempfile.TemporaryDirectory(prefix="codemod-format-") as folder:
        for path, text in settings.items():
            _write(folder, path, text.encode("utf-8", "replace"))
        for path, data in files.items():
            _write(folder, path, data)
        os.mkdir(os.path.join(folder, ".git"))  # the folder that patterns in the settings are relative to
        names = [to_bytes(p) for p in files]
        command = [
            sys.executable,
            "-I",
            "-m",
            "black",
            "--quiet",
            "--fast",
            *_config(place, settings),
            "--",
        ]
        if tool == "ruff":
            command = [ruff_binary(), "format", "--no-cache", "--quiet", "--"]
        for start in range(0, len(names), 2000):
            # a file that the formatter refuses stays as composed; our own checks have the last word
            subprocess.run(
                [*map(os.fsencode, command), *names[start : start + 2000]],
                cwd=folder,
                capture_output=True,
                check=False,
                env=os.environ | {"BLACK_CACHE_DIR": os.path.join(folder, ".black")},
            )
        top = os.fsencode(folder)
        return {p: Path(os.fsdecode(os.path.join(top, n))).read_bytes() for p, n in zip(files, names, strict=True)}


def _config(place: str, settings: Mapping[str, str]) -> list[str]:
    """black reads one configuration a call: that of the folder whose files these are."""
    path = f"{place}/pyproject.toml" if place else "pyproject.toml"
    return ["--config", path] if path in settings else []


def _write(folder: str, path: str, data: bytes) -> None:
    target = os.path.join(os.fsencode(folder), to_bytes(path))
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as file:
        file.write(data)
