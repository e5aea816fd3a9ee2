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
from collections.abc import Mapping, Sequence
from pathlib import Path

from .git import to_bytes
from .services import ruff_binary

SETTINGS_FILES = ("pyproject.toml", "ruff.toml", ".ruff.toml", ".editorconfig")


def formatter_of(texts: Mapping[str, str], path: str) -> str:
    """ "black", "ruff" or "": what the nearest configuration above a file says."""
    folder = path.rpartition("/")[0]
    while True:
        prefix = f"{folder}/" if folder else ""
        for name in ("ruff.toml", ".ruff.toml"):
            if "[format]" in texts.get(prefix + name, ""):
                return "ruff"
        tools = _tools(texts.get(prefix + "pyproject.toml", ""))
        if "black" in tools:
            return "black"
        ruff = tools.get("ruff")
        if isinstance(ruff, dict) and "format" in ruff:
            return "ruff"
        hooks = texts.get(prefix + ".pre-commit-config.yaml", "")
        if re.search(r"^\s*-?\s*id:\s*ruff-format\b", hooks, re.M):
            return "ruff"
        if re.search(r"^\s*-?\s*id:\s*black\b", hooks, re.M):
            return "black"
        if not folder:
            return ""
        folder = folder.rpartition("/")[0]


def _tools(text: str) -> Mapping[str, object]:
    if "[tool." not in text:
        return {}
    try:
        tools = tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError:
        return {}
    return tools if isinstance(tools, dict) else {}


def format_files(
    texts: Mapping[str, str], before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The formatted content of those files in `after` that were formatted before."""
    result: dict[str, bytes] = {}
    for tool in ("black", "ruff"):
        mine = [
            p
            for p in before
            if p in after and p.endswith((".py", ".pyi")) and formatter_of(texts, p) == tool
        ]
        if not mine:
            continue
        stable = _run(tool, texts, {p: before[p] for p in mine})
        kept = [p for p in mine if stable.get(p) == before[p]]
        formatted = _run(tool, texts, {p: after[p] for p in kept})
        result |= {p: d for p, d in formatted.items() if d != after[p]}
    return result


def _run(tool: str, texts: Mapping[str, str], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What the formatter makes of copies in a folder that has the project's settings files and no other."""
    if not files:
        return {}
    with tempfile.TemporaryDirectory(prefix="codemod-format-") as folder:
        for path, text in texts.items():
            if path.rpartition("/")[2] in SETTINGS_FILES:
                _write(folder, path, text.encode("utf-8", "replace"))
        for path, data in files.items():
            _write(folder, path, data)
        os.mkdir(
            os.path.join(folder, ".git")
        )  # both tools take the folder above the files as their root
        names = [os.path.join(os.fsencode(folder), to_bytes(p)) for p in files]
        for start in range(0, len(names), 2000):
            _call(tool, folder, names[start : start + 2000])
        return {p: Path(os.fsdecode(n)).read_bytes() for p, n in zip(files, names, strict=True)}


def _call(tool: str, folder: str, names: Sequence[bytes]) -> None:
    command = (
        [ruff_binary(), "format", "--no-cache", "--quiet", "--"]
        if tool == "ruff"
        else [str(Path(sys.executable)), "-I", "-m", "black", "--quiet", "--fast", "--"]
    )
    # a file that the formatter refuses stays as composed; our own checks have the last word
    subprocess.run(
        [*map(os.fsencode, command), *names],
        cwd=folder,
        capture_output=True,
        check=False,
        env=os.environ | {"BLACK_CACHE_DIR": folder + "/.black"},
    )


def _write(folder: str, path: str, data: bytes) -> None:
    target = os.path.join(os.fsencode(folder), to_bytes(path))
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as file:
        file.write(data)
