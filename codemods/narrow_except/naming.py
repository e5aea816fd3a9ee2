"""How a file can name the classes of exceptions: in the parent, over all files."""

from __future__ import annotations

from ..engine.names import is_stdlib
from ..engine.remember import remembered
from ..facts.exceptions import knowledge
from ..facts.exceptions.flow import Flows
from ..facts.exceptions.hierarchy import BASE, EXCEPTION, Class
from ..facts.exports import Found
from ..facts.modules import Modules
from .verdict import Named


class Naming:
    """Names for classes. `missing` are files whose imports must be read before it is known whether a new import would close a circle."""

    def __init__(self, flows: Flows, modules: Modules) -> None:
        self.files = flows.files
        self.hierarchy = flows.hierarchy
        self.exports = flows.types.exports
        self.modules = modules
        self.missing: set[str] = set()

    def named(self, cls: Class, path: str) -> Named:
        """A class in a file."""
        module, name = cls
        if module == path:
            return Named(dotted=f":{name}")
        if module == "builtins":
            found = self.exports.gives(path, name) if self.exports.tables[path].stars else ()
            return Named(dotted=f"builtins.{name}", taken=any(f.kind in ("definition", "variable") for f in found))
        if module not in self.files:
            dotted = knowledge.public(module, name)
            return Named(
                dotted=dotted,
                also=knowledge.aliases(module, name)[:12],
                module=dotted.rpartition(".")[0],
                installed=dotted.partition(".")[0] in self._installed(path),
            )
        return self._of_project(cls, path)

    def nearest(self, cls: Class, path: str) -> Class:
        """What can be named in a file in place of a class: itself, or the next above it that Python has, for one of a library that
        the file does not import and that may not be installed; itself again where there is none."""
        if cls[0] in self.files or is_stdlib(cls[0].partition(".")[0]):
            return cls
        table = self.exports.tables[path]
        tops = {dotted.partition(".")[0] for dotted in (*table.sources, *table.modules)} | self._installed(path)
        if tops & {dotted.partition(".")[0] for dotted in (knowledge.public(*cls), *knowledge.aliases(*cls))}:
            return cls
        above = (base for base in self.hierarchy.bases(cls)[1:] if base[0] == "builtins" or is_stdlib(base[0]))
        return next(
            (base for base in above if base not in (EXCEPTION, BASE) and self.hierarchy.is_exception(base)), cls
        )

    @remembered
    def _installed(self, path: str) -> frozenset[str]:
        """The libraries without which a file cannot run: what it imports whatever happens, and what those files import."""
        seen, stack, found = {path}, [path], set[str]()
        while stack:
            current = stack.pop()
            for dotted in self.files[current].required:
                target = self.modules.split(dotted, current)
                if target is None:
                    found.add(dotted.partition(".")[0])
                elif target[0] in self.files and target[0] not in seen:
                    seen.add(target[0])
                    stack.append(target[0])
        return frozenset(found)

    def _of_project(self, cls: Class, path: str) -> Named:
        module, name = cls
        head, _, inner = name.partition(".")
        dotted = f"{self.modules.name(module) or ''}.{name}"
        if local := self.exports.called(Found("definition", module, head), path):
            return Named(dotted=dotted, written=f"{local}.{inner}" if inner else local)
        if local := self.exports.called(Found("module", module), path):
            return Named(dotted=dotted, written=f"{local}.{name}")
        if "@" in name:
            return Named(dotted=name, barred=f"{head.partition('@')[0]} is defined in a function")
        source = self.modules.name(module)
        if source is None:
            return Named(dotted=name, barred=f"the module of {name} may go by several names")
        if barred := self._circle(module, path):
            return Named(dotted=dotted, barred=barred)
        source = self._relative(source, path)
        return Named(dotted=f"{source}.{name}" if source.strip(".") else f"{source}{name}", module=source, own=True)

    def _relative(self, source: str, path: str) -> str:
        """A module as the other imports of the file are written: from dots on, where those are."""
        package = (self.modules.name(path) or "").split(".")
        if not path.endswith("/__init__.py"):
            package = package[:-1]
        parts = source.split(".")
        table = self.exports.tables[path]
        same = next(
            (n for n, (a, b) in enumerate(zip(package, parts, strict=False)) if a != b), min(len(package), len(parts))
        )
        if not same or not any(each.startswith(".") for each in table.sources):
            return source
        return "." * (len(package) - same + 1) + ".".join(parts[same:])

    def _circle(self, module: str, path: str) -> str:
        """Why a file cannot import a module of the project; "" where it can."""
        if module in self._imported(path):
            return ""
        seen = {module}
        stack = [module]
        while stack:
            current = stack.pop()
            if current == path:
                return f"importing {self.modules.name(module)} would close a circle of imports"
            if current not in self.exports.tables:
                self.missing.add(current)
                return f"the imports of {current} are not known"
            stack += (p for p in self._imported(current) if p not in seen)
            seen.update(self._imported(current))
        return ""

    @remembered
    def _imported(self, path: str) -> frozenset[str]:
        """The files that a file imports, as far as its table says."""
        table = self.exports.tables.get(path)
        if table is None:
            return frozenset()
        dotted = [*table.sources, *table.modules]
        found = (self.modules.split(each, path) for each in dotted)
        return frozenset(target[0] for target in found if target is not None)
