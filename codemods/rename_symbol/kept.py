"""Names that something outside of the code keeps or looks for: by convention, in a table, over a wire, on a command line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..engine.tables import UNKNOWN
from ..facts.modules import of_tests
from ..facts.references.decorators import SILENT
from ..facts.references.symbols import References, Symbol
from ..facts.suite.requests import FIXTURES

# names by which something is found, with the words for it
_CONVENTIONS = (
    (re.compile(r"__\w+__"), "a special name"),
    (re.compile(r"(?:visit|depart|leave|generic_visit)_\w+|generic_visit"), "the name of a visitor's method"),
    (re.compile(r"do_[A-Z]+"), "the name of a request handler's method"),
    (re.compile(r"pytest_\w+"), "the name of a hook of pytest"),
    (re.compile(r"setUp(?:Class|Module)?|tearDown(?:Class|Module)?|setup_(?:method|class|module|function)|teardown_(?:method|class|module|function)"), "the name of a fixture method"),
)  # fmt: skip
_COLLECTED = re.compile(r"[tT]est")
# decorators that keep the name of what they decorate: by the last part of their dotted name
_KEEP = {
    "command", "group", "task", "shared_task", "periodic_task", "route", "get", "post", "put", "delete", "patch", "head",
    "options", "websocket", "api_route", "hookimpl", "hookspec", "receiver", "register", "tool", "action", "job", "event",
    "on_event", "listens_for", "validator", "field_validator", "model_validator", "root_validator", "filter", "simple_tag",
    "errorhandler", "endpoint", "cli", "callback", "step", "given", "when", "then", "hybrid_property", "resource",
}  # fmt: skip
_TABLES = (
    "sqlalchemy",
    "django.db.models",
    "peewee",
    "mongoengine",
    "tortoise",
    "odoo",
    "sqlmodel",
    "flask_sqlalchemy",
)
_WIRE = (
    "pydantic.",
    "marshmallow.",
    "rest_framework.",
    "typing.TypedDict",
    "typing_extensions.TypedDict",
    "msgspec.",
)


def convention(symbol: Symbol, old: str, new: str) -> str:
    """Why a name is one that is found by its spelling, or would become one; "" where it is not."""
    for pattern, what in _CONVENTIONS:
        for name in (old, new):
            if pattern.fullmatch(name):
                return f"{name} is {what}"
    if symbol.kind == "member" and (_private(old) or _private(new)) and _private(old) != _private(new):
        return f"{old if _private(old) else new} has another name outside of its class"
    if symbol.kind != "parameter" and of_tests(symbol.path):
        collected = [bool(_COLLECTED.match(name)) for name in (old, new)]
        if collected[0] and not collected[1]:
            return f"{new} would not be collected as a test"
        if collected[1] and not collected[0]:
            return f"{new} would be collected as a test"
    return ""


def _private(name: str) -> bool:
    return name.startswith("__") and not name.endswith("__")


def fixture(references: References, symbol: Symbol) -> str:
    """Why the name is one of a fixture; "" where it is not."""
    for decorator in references.files[symbol.path].decorated.get(symbol.name, ()):
        if decorator in FIXTURES:
            return "it is a fixture, by which tests ask for it: fixture-rename renames those"
    if symbol.kind == "parameter" and of_tests(symbol.path) and _COLLECTED.match(symbol.name.rpartition(".")[2]):
        return "a test asks for a fixture by it: fixture-rename renames those"
    return ""


def keys(references: References, symbol: Symbol) -> str:
    """Why a member is written otherwise than by its name where it is used; "" where it is not."""
    if symbol.kind != "member":
        return ""
    for path, name in sorted(references.members_of(symbol).family):
        fields = references.resolver.class_facts((path, name)).fields
        bases = [base.rpartition(".")[2] for base in references.classes.foreign((path, name))]
        if symbol.word in fields and "TypedDict" in bases:
            return f"{name} is a TypedDict: its keys are texts"
        attrs = any(d.startswith(("attr.", "attrs.")) for d in _decorators(references, path, name))
        if attrs and symbol.word.startswith("_"):
            return f"attrs gives {symbol.word} to the constructor of {name} without the underscore"
    return ""


def kept(references: References, symbol: Symbol) -> Iterator[str]:
    """Why a new name may be seen outside of the code, in words."""
    if symbol.kind == "parameter":
        for _, name, decorator in references.parameters(symbol).decorators():
            if decorator not in SILENT and not decorator.endswith((".setter", ".overload")):
                yield f"{name} is decorated with {decorator}, which may read the names of parameters"
        for _, name in references.parameters(symbol).given("rest"):
            yield f"{name} takes all other keywords: the new name may be one of them"
        return
    for decorator in references.files[symbol.path].decorated.get(symbol.name, ()):
        if decorator.rpartition(".")[2] in _KEEP and decorator not in SILENT:
            yield f"it is decorated with {decorator}, which may keep its name"
    if symbol.kind == "member":
        yield from _field(references, symbol)
    elif symbol.kind == "name":
        yield from _table(references, symbol)
        yield from _told(references, symbol)
        yield from _exports(references, symbol)


def _field(references: References, symbol: Symbol) -> Iterator[str]:
    members = references.members_of(symbol)
    for path, name in sorted(members.family):
        facts = references.resolver.class_facts((path, name))
        values = facts.attributes.get(symbol.word, ())
        if any(value.startswith("enum.auto") for value in values) and _names_values(references, path, name):
            yield f"the value of {name}.{symbol.word} is its name"
        if any(value.startswith(_TABLES) for value in values):
            yield f"{name} is kept in a table, where a column has this name"
        bases = [*references.classes.foreign((path, name))]
        if symbol.word in facts.fields or values:
            if any(base.startswith(_WIRE) for base in bases):
                yield f"fields of {name} may be read or written by their names"
            elif any(
                "dataclass" in d or d.startswith(("attr.", "attrs.")) for d in _decorators(references, path, name)
            ):
                yield f"fields of {name} may be read by their names (asdict, repr)"
            elif any(base.startswith(_TABLES) for base in bases):
                yield f"{name} is kept in a table, where a column has this name"


def _names_values(references: References, path: str, name: str) -> bool:
    """Whether `auto()` of an enumeration may give a member its name."""
    bases = references.classes.foreign((path, name))
    hook = references.classes.definer((path, name), "_generate_next_value_")
    return hook is not None or "enum.StrEnum" in bases


def _decorators(references: References, path: str, name: str) -> tuple[str, ...]:
    return references.files[path].decorated.get(name, ())


def _exports(references: References, symbol: Symbol) -> Iterator[str]:
    """Lists of exports of which nobody knows which text of their module is the name's entry, or whether any is."""
    bindings = references.bindings((symbol.path, symbol.name), symbol.word)
    for path, name in sorted(bindings.places):
        if not name or path not in references.files:
            continue
        file = references.files[path]
        unread = UNKNOWN in (file.table.exported or ())
        texts = [s for s in file.sites if s.word == symbol.word and s.form == "path" and s.asks == symbol.word]
        if len(bindings.lists(path)) > 1 or (unread and any(not s.context for s in texts)):
            yield f"{path} puts __all__ together: nobody knows which text is {symbol.word} in it"


def _told(references: References, symbol: Symbol) -> Iterator[str]:
    """A class that tells its own name, as `__repr__` does, where some text of the project may be compared with that."""
    types = references.files[symbol.path].types
    if types is None or symbol.name not in types.classes:
        return
    texts = [
        r
        for r in references.of(symbol)
        if r.verdict == "name" and r.form in ("text", "path") and r.path.endswith(".py")
    ]
    text = next((r for r in texts if not r.context.startswith("docstring")), None)
    if text is None:
        return
    for cls in references.classes.mro((symbol.path, symbol.name)):
        for line in (line for name, line in references.files[cls[0]].telling if name == cls[1]):
            yield f"{cls[0]}:{line}: a method reads what its class is called, and the text in {text.path}:{text.line} holds that"


def _table(references: References, symbol: Symbol) -> Iterator[str]:
    types = references.files[symbol.path].types
    bases = references.classes.foreign((symbol.path, symbol.name)) if types and symbol.name in types.classes else ()
    if any(base.startswith(_TABLES) for base in bases):
        yield f"{symbol.name} is kept in a table, whose name may follow its own"
