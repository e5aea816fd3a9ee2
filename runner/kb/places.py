"""Where code finds what the interpreter knows by another name: `posix:stat` is `os.stat`, `_csv:Error` is `csv.Error`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .observed import Observation

# modules that stand behind others
BEHIND = {
    "posix": "os", "nt": "os", "posixpath": "os.path", "ntpath": "os.path", "genericpath": "os.path",
    "sre_constants": "re", "sre_parse": "re", "sre_compile": "re",
}  # fmt: skip


def is_private(module: str) -> bool:
    return module in BEHIND or any(part.startswith("_") for part in module.split("."))


@dataclass(frozen=True)
class Places:
    """`types` are the modules as stubs or the source have them: what they define keeps its place there, an exception only
    where that is public, since its name is written into programs. `preferred` are dotted names that win."""

    observation: Observation
    types: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    preferred: frozenset[str] = frozenset()

    def of(self, key: str) -> tuple[str, str]:
        """The module and the qualified name under which a callable or a class is kept."""
        module, _, qualname = key.partition(":")
        top, dot, rest = qualname.partition(".")
        module, top = self._tops(f"{module}:{top}")
        return module, f"{top}{dot}{rest}"

    def cls(self, dotted: str) -> str:
        """The same for a class by its dotted name."""
        return ".".join(self.of(self.key(dotted)))

    def key(self, dotted: str) -> str:
        """ "pkg.mod.Error" → "pkg.mod:Error". A class within a class begins with a capital too, as few modules do."""
        module, _, name = dotted.rpartition(".")
        while module not in self.types and "." in module and (last := module.rpartition(".")[2])[:1].isupper():
            module, name = module.rpartition(".")[0], f"{last}.{name}"
        return f"{module}:{name}"

    @cached_property
    def called(self) -> Mapping[str, tuple[str, ...]]:
        """By key what else the same thing is called."""
        found: dict[str, list[str]] = {}
        for name, key in self.observation.names.items():
            found.setdefault(key, []).append(name)
        return {key: tuple(names) for key, names in found.items()}

    def known_as(self, cls: str) -> set[str]:
        """The other names of a class, dotted, with that under which the interpreter has it."""
        keys = {key for key in self.exceptions if self.of(key) == tuple(self.key(cls).split(":"))}
        return {name.replace(":", ".") for key in keys for name in (key, *self.called.get(key, ()))}

    @cached_property
    def exceptions(self) -> frozenset[str]:
        return frozenset(self.key(name) for name in self.observation.bases)

    @cached_property
    def _chosen(self) -> dict[str, tuple[str, str]]:
        return {}

    def _tops(self, key: str) -> tuple[str, str]:
        if (defined := self.observation.names.get(key, "")) in self.exceptions:
            key = defined  # a class that says it stands elsewhere
        if key not in self._chosen:
            names = [key, *self.called.get(key, ())]
            best = min(names, key=lambda name: self._rank(name, key))
            module, _, name = best.partition(":")
            self._chosen[key] = module, name
        return self._chosen[key]

    def _rank(self, name: str, key: str) -> tuple[bool | int | str, ...]:
        module, _, top = name.partition(":")
        private = is_private(module) or top.startswith("_")
        undefined = not self.defines(module, top)
        first = (private, undefined) if key in self.exceptions else (undefined, private)
        defined = key.partition(":")[0]
        home = BEHIND.get(defined) or defined.lstrip("_")
        near = (name != key, module != home, module.count("."), len(module), name)
        return (name.replace(":", ".") not in self.preferred, *first, *near)

    def defines(self, module: str, name: str) -> bool:
        told = self.types.get(module, {})
        return name in told.get("classes", {}) or name in told.get("callables", {})

    def aliases(self) -> Iterator[tuple[str, str, str]]:
        """Names of public modules for what is kept elsewhere: module, name, where. What a module merely imports from another
        public one is not meant for its users."""
        for name, key in self.observation.names.items():
            module, _, top = name.partition(":")
            defined, _, _ = key.partition(":")
            target = self.of(key)
            if is_private(module) or top.startswith("_") or target == (module, top):
                continue
            own = defined.partition(".")[0] == module.partition(".")[0]
            if own or is_private(defined) or key in self.exceptions:
                yield module, top, ".".join(target)
        for key in self.exceptions:  # its old place leads to the new one
            module, _, top = key.partition(":")
            if (target := self.of(key)) != (module, top) and "." not in top:
                yield module, top, ".".join(target)
