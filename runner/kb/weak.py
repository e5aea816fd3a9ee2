"""What other tools say that callables raise: deal's stubs and RaiseAttention's, from a folder or a wheel.

Neither is believed alone. RaiseAttention marks a class "exact" where it found it in the C source; deal's lists are the `raise`
statements that it could follow. The licence and the version are those of the package that the data come from.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..errors import UsageError, os_reason

Tool = Literal["deal", "raiseattention"]
TOOLS: Mapping[str, Tool] = {"deal": "deal", "raiseattention": "raiseattention"}


@dataclass(frozen=True)
class Weak:
    """`entries` go by module and qualified name as the tool writes them; True for a class that is marked exact."""

    tool: Tool
    version: str
    licence: str
    entries: Mapping[tuple[str, str], Mapping[str, bool]]

    @property
    def word(self) -> str:
        """Its evidence word, without the letter for how much it is worth."""
        return self.tool[0]

    @property
    def told(self) -> str:
        return f"{self.tool} {self.version} ({self.licence})"


def read(tool: Tool, path: Path, python: str) -> Weak:
    """The data of a tool: those for one version of Python, where they tell versions apart. Raises UsageError."""
    try:
        files = dict(_files(path))
    except (OSError, zipfile.BadZipFile) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise UsageError(f"--from: {path}: {reason}") from None
    version, licence = _told(files)
    try:
        found = dict(_deal(files) if tool == "deal" else _raiseattention(files, python))
    except (ValueError, AttributeError, TypeError):
        raise UsageError(f"--from: {path}: not data of {tool}") from None
    if not found:
        raise UsageError(f"--from: {path}: no data of {tool} for Python {python}")
    return Weak(tool=tool, version=version, licence=licence, entries=found)


def _files(path: Path) -> Iterator[tuple[str, str]]:
    wanted = (".json", ".pyras", "METADATA")
    if path.is_file() and path.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(wanted):
                    yield name, archive.read(name).decode("utf-8")
        return
    path.stat()  # raises OSError where nothing is
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if file.name.endswith(wanted) and file.is_file():
            yield file.relative_to(path if file != path else path.parent).as_posix(), file.read_text(encoding="utf-8")


def _told(files: Mapping[str, str]) -> tuple[str, str]:
    text = next((text for name, text in files.items() if name.endswith(".dist-info/METADATA")), "")
    found: dict[str, str] = {}
    for line in text.partition("\n\n")[0].splitlines():
        key, _, value = line.partition(": ")
        found.setdefault(key, value)
    licence = found.get("License-Expression") or found.get("License", "")
    if not licence and (given := re.search(r"Classifier: License :: (?:.* :: )?(.*)", text)):
        licence = given[1].removesuffix(" License")
    return found.get("Version", "version unknown"), licence or "licence unknown"


def _deal(files: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], dict[str, bool]]]:
    for name, text in files.items():
        if not name.endswith(".json"):
            continue
        parts = name.removesuffix(".json").split("/")
        parts = parts[parts.index("stubs") + 1 :] if "stubs" in parts else parts
        parts = parts[1:] if parts[0] == "cpython" else parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        for qualname, told in json.loads(text).items():
            if classes := told.get("raises"):
                yield (module, qualname), dict.fromkeys(classes, False)


def _raiseattention(files: Mapping[str, str], python: str) -> Iterator[tuple[tuple[str, str], dict[str, bool]]]:
    minor = ".".join(python.split(".")[:2])
    for name, text in files.items():
        if not name.endswith(".pyras"):
            continue
        data: dict[str, Any] = json.loads(text)
        about = data.pop("metadata")
        if about["name"] == "stdlib" and not about["version"].startswith(f">={minor},"):
            continue
        for module, told in data.items():
            for qualname, classes in _leaves(told, ""):
                marked = classes if isinstance(classes, dict) else dict.fromkeys(classes, "likely")
                yield (module, qualname), {cls: how == "exact" for cls, how in marked.items()}


def _leaves(told: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        if isinstance(value, list) or all(isinstance(how, str) for how in value.values()):
            yield f"{before}{name}", value
        else:
            yield from _leaves(value, f"{before}{name}.")


# what RaiseAttention calls the builtin classes: the names of their files
IN_C = {
    "Unicode": "str", "Long": "int", "Bytes": "bytes", "Bytearray": "bytearray", "Dict": "dict", "List": "list", "Set": "set",
    "Frozenset": "frozenset", "Tuple": "tuple", "Float": "float", "Complex": "complex", "Memory": "memoryview",
    "Range": "range", "Slice": "slice", "Object": "object", "Type": "type", "Property": "property", "Gen": "generator",
}  # fmt: skip
