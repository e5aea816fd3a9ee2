"""What really arrived at the broad clauses of a project while its own command ran: the form of that evidence.

`codemod observe` writes it, `narrow-except` and the audit read it. A clause is named by what it guards and not by its
line, so that an edit elsewhere in its file, another type in the clause itself or a comment loses nothing; where what it
guards was edited, nothing is known of it any more.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple, get_args

from ...engine.names import last_name
from ...engine.source import Source, statements
from .broad import Broad, broad_clauses

FORMAT = 1
Origin = Literal["project", "library", "test", "mock"]
_INJECTED = ("mock", "test")
_WORDS = {"mock": "by mocks", "test": "by tests"}


_Guard = ast.Try | ast.TryStar | ast.With | ast.AsyncWith
_GUARDS = (ast.Try, ast.TryStar, ast.With, ast.AsyncWith)


class BadEvidence(ValueError):
    """A text that is no evidence, and why."""


class Identity(NamedTuple):
    """One clause within its file: the function that holds it, a digest of what it guards, the number of its statement
    among equals in that function and its own number in the statement, both from 0, and how many equals there are."""

    function: str
    digest: str
    ordinal: int = 0
    clause: int = 0
    equals: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Exceptions of one class that came from one place. `name` and `mro` are dotted names where the classes are
    defined; `path` is the project's file that defines the class, "" for one of a library."""

    name: str
    origin: Origin
    count: int
    mro: tuple[str, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What was seen of one clause. One whose body never began says nothing, and one where nothing arrived little."""

    line: int  # where it stood
    entered: bool = False
    arrived: tuple[Arrived, ...] = ()

    @property
    def count(self) -> int:
        return sum(a.count for a in self.arrived)

    def describe(self) -> str:
        """`reached 41 times: ValueError 40, KeyError 1 (37 by mocks)`."""
        if not self.arrived:
            return "entered, and nothing arrived" if self.entered else "never entered"
        types: Counter[str] = Counter()
        for each in self.arrived:
            types[each.name.removeprefix("builtins.")] += each.count
        by = {o: sum(a.count for a in self.arrived if a.origin == o) for o in _INJECTED}
        injected = ", ".join(f"{count} {_WORDS[origin]}" for origin, count in by.items() if count)
        told = ", ".join(f"{name} {count}" for name, count in sorted(types.items(), key=lambda t: (-t[1], t[0])))
        times = "once" if self.count == 1 else f"{self.count} times"
        return f"reached {times}: {told}" + (f" ({injected})" if injected else "")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that was seen, by path and clause."""

    clauses: Mapping[tuple[str, Identity], Observed] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)  # SHA-256 of each file as it was then
    command: tuple[str, ...] = ()
    exit_code: int = 0
    pythons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()  # what was lost, in words

    def at(self, path: str, identity: Identity) -> Observed | None:
        """What was seen of a clause; None where it was not looked at, or what it guards was edited since."""
        return self.clauses.get((path, identity))


# ---- which clause ------------------------------------------------------------------------------


def identities(file: Source) -> tuple[tuple[Broad, Identity], ...]:
    """The broad clauses of a file, each with its identity, in the order of the text."""
    return file.once(_identities)


def _identities(file: Source) -> tuple[tuple[Broad, Identity], ...]:
    clauses = broad_clauses(file)
    shapes = {_shape(broad.statement) for broad in clauses}
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[ast.AST, tuple[str, str, int]] = {}
    for node in statements(file.tree.body, inside=True) if shapes else ():
        if (
            isinstance(node, _GUARDS) and _shape(node) in shapes
        ):  # also one that names its types: it counts as an equal
            place = file.qualname(node), _digest(node)
            found[node] = (*place, seen[place])
            seen[place] += 1
    return tuple(
        (b, Identity(*place, _position(b), seen[place[:2]])) for b in clauses for place in [found[b.statement]]
    )


def _shape(node: _Guard) -> tuple[int, type, type]:
    """What equal bodies have in common, at no cost."""
    return len(node.body), type(node.body[0]), type(node.body[-1])


def _position(broad: Broad) -> int:
    match broad.statement:
        case ast.Try(handlers=handlers) | ast.TryStar(handlers=handlers):
            return [*map(id, handlers)].index(id(broad.node))
        case ast.With(items=items) | ast.AsyncWith(items=items):
            return [id(item.context_expr) for item in items].index(id(broad.node))


def _digest(guard: _Guard) -> str:
    """Of what a statement guards; which types the handlers in it name is not in it."""
    told = [str(piece) for statement in guard.body for piece in _pieces(statement)]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _pieces(top: ast.AST) -> Iterator[object]:
    """The nodes of a tree, told the same by every Python, without places, contexts and the types that are caught."""
    stack: list[object] = [top]
    while stack:
        node = stack.pop()
        if not isinstance(node, ast.AST):
            yield repr(node)
            continue
        yield type(node).__name__
        match node:
            case ast.ExceptHandler(name=name, body=body):
                values: list[object] = [name, *body]
            case ast.Call(func=func) if last_name(func) == "suppress":
                values = [func]
            case _:
                values = list(_fields(node))
        stack += reversed(values)
        stack.append(len(values))


def _fields(node: ast.AST) -> Iterator[object]:
    for name, value in ast.iter_fields(node):
        if name in ("ctx", "kind", "type_comment", "type_params") or value is None or value == []:
            continue
        yield name
        if isinstance(value, list):
            yield len(value)
            yield from value
        else:
            yield value


# ---- as text -----------------------------------------------------------------------------------


def write(evidence: Evidence) -> str:
    """One JSON document, the same for the same evidence."""
    types: dict[str, dict[str, Any]] = {}
    files: dict[str, dict[str, Any]] = {path: {"digest": d, "clauses": []} for path, d in evidence.digests.items()}
    for (path, identity), observed in sorted(evidence.clauses.items(), key=lambda item: (item[0][0], item[1].line)):
        told = identity._asdict() | {"line": observed.line, "entered": observed.entered}
        told["arrived"] = [{"type": a.name, "origin": a.origin, "count": a.count} for a in observed.arrived]
        files[path]["clauses"].append(told)
        types |= {a.name: {"mro": a.mro} | ({"path": a.path} if a.path else {}) for a in observed.arrived}
    head = {k: v for k, v in asdict(evidence).items() if k in ("command", "exit_code", "pythons", "remarks")}
    document = {"codemod-evidence": FORMAT, **head, "types": dict(sorted(types.items())), "files": files}
    return json.dumps(document, indent=1) + "\n"


def read(text: str) -> Evidence:
    """The evidence of a text that `write` made; of an empty one none at all. Raises BadEvidence for anything else."""
    if not text.strip():
        return Evidence()
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise BadEvidence("not what codemod observe writes: no JSON") from None
    version = told.get("codemod-evidence") if isinstance(told, dict) else None
    if version is None:
        raise BadEvidence("not what codemod observe writes")
    if version != FORMAT:
        raise BadEvidence(f"of another version of codemod ({version!r}); run codemod observe again")
    try:
        return _evidence(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadEvidence(f"damaged ({type(error).__name__}: {error}); run codemod observe again") from None


def _evidence(told: Mapping[str, Any]) -> Evidence:
    types = {_text(name): told["types"][name] for name in told["types"]}
    clauses: dict[tuple[str, Identity], Observed] = {}
    for path, file in told["files"].items():
        for each in file["clauses"]:
            numbers = (_number(each[name]) for name in ("ordinal", "clause", "equals"))
            identity = Identity(_text(each["function"]), _text(each["digest"]), *numbers)
            arrived = tuple(_arrived(one, types) for one in each["arrived"])
            clauses[_text(path), identity] = Observed(
                line=_number(each["line"]), entered=each["entered"] is True, arrived=arrived
            )
    return Evidence(
        clauses=clauses,
        digests={path: _text(file["digest"]) for path, file in told["files"].items()},
        command=_texts(told["command"]),
        exit_code=_number(told["exit_code"]),
        pythons=_texts(told["pythons"]),
        remarks=_texts(told["remarks"]),
    )


def _arrived(told: Mapping[str, Any], types: Mapping[str, Mapping[str, Any]]) -> Arrived:
    name, origin = _text(told["type"]), told["origin"]
    if origin not in get_args(Origin):
        raise ValueError(f"no origin {origin!r}")
    known = types[name]
    path = _text(known.get("path", ""))
    return Arrived(name=name, origin=origin, count=_number(told["count"]), mro=_texts(known["mro"]), path=path)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"no text: {value!r}")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"no number: {value!r}")
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise ValueError(f"no list: {values!r}")
    return tuple(map(_text, values))
