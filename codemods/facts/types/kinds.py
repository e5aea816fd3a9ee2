"""What a function is to its caller, under its decorators: a coroutine function, a context manager, a property, or a plain one."""

from __future__ import annotations

from collections.abc import Mapping

from ...engine.remember import remembered
from .data import Kind, ModuleFacts
from .decorators import MANAGERS, SYNC, TRANSPARENT, matches
from .entity import Callable, Entity

_CALLABLES: Mapping[Kind, Callable] = {"async": "coroutine", "asyncgen": "asyncgen"}


class Kinds:
    """Needs what `resolve` follows: the decorators of the project."""

    files: Mapping[str, ModuleFacts]
    transparent: tuple[str, ...]
    sync: tuple[str, ...]

    def resolve(self, path: str, context: str) -> Entity | None:
        """What a type path written in file `context` ends at; None when it cannot be followed."""
        raise NotImplementedError

    def kind(self, entity: Entity) -> tuple[Callable, str]:
        """(kind, why it is not certain) of a function, by its definitions alone."""
        kinds = {self._variant(v.kind, v.decorators, entity.module) for v in entity.variants}
        doubts = sorted({doubt for _, doubt in kinds if doubt} | ({entity.doubt} - {""}))
        if len({kind for kind, _ in kinds}) > 1:
            doubts.append("its definitions disagree")
        kind = "coroutine" if any(k == "coroutine" for k, _ in kinds) else next(iter(kinds))[0]
        return kind, "; ".join(doubts)

    @remembered
    def _variant(self, form: Kind, decorators: tuple[str, ...], module: str) -> tuple[Callable, str]:
        """(kind, doubt) of one definition under its decorators, innermost first."""
        kind = _CALLABLES.get(form, "sync")
        doubt = ""
        for decorator in reversed(decorators):
            name = self.canonical(decorator.removesuffix("()"), module)
            if name.rpartition(".")[2].endswith(("property", "cached_property")):
                return "property", ""
            if name in MANAGERS:
                return "manager", ""
            if matches(name, self.sync) or matches(name, SYNC):
                kind = "sync"
            elif not (matches(name, self.transparent) or matches(name, TRANSPARENT)):
                change = self._decorator(decorator, module)
                if change in ("async", "sync"):
                    kind = "coroutine" if change == "async" else "sync"
                elif change != "same":
                    doubt = f"decorated with {name or 'something unknown'}"
        return kind, doubt

    def canonical(self, path: str, module: str) -> str:
        """The dotted name, for the tables and for people, of what is not followed further: the root's variable followed to its class."""
        root, _, last = path.rpartition(".")
        if path.startswith(("~", ".")) and root:
            facts = self.files.get(module)
            first = path.removeprefix("~.").partition(".")[0]
            for value in facts.variables.get(first, ()) if facts and path.startswith("~.") else ():
                if not value.startswith(("~", ".")):
                    return f"{value}.{last}".replace("()", "")
        return path.replace("()", "").removeprefix("~.")

    def _decorator(self, decorator: str, module: str) -> str:
        entity = self.resolve(decorator.removesuffix("()"), module)
        if entity is None or entity.kind != "function":
            return ""
        return entity.variants[0].wraps[decorator.endswith("()")]
