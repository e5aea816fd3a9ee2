"""The plan: a value made first and applied later. Plain JSON, without times or absolute paths.

It says what could be done. What will be done is that and the decisions, see `decide.accepted`. How a
plan is kept is in `plans.py`; `docs/plan.schema.json` describes the JSON.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, TypeVar

from codemods.engine.codemod import OptionTable
from codemods.engine.registry import Spec
from codemods.engine.values import Change, Edit, Import, Part, Safety, Skip, Span

from .errors import UsageError

SCHEMA = 2
_COMMIT = re.compile(r"|[0-9a-f]{40}|[0-9a-f]{64}")
_LARGEST = 1 << 40  # bytes of a file, and more
_OPS = ("replace", "create", "move", "delete")


@dataclass(frozen=True)
class FileDigests:
    """What a step found in a file and what it leaves there: SHA-256 in hex, None where there is no file."""

    input: str | None
    output: str | None


@dataclass(frozen=True)
class PlannedStep:
    """One codemod's part of a plan. `code` is a digest of all code that its answers depend on."""

    codemod: str
    version: str
    spec: Spec
    changes: tuple[Change, ...]
    skips: tuple[Skip, ...]
    failures: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    files: Mapping[str, FileDigests] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)  # change key → the check that it failed
    where: str = ""  # the codemod as the plan names it: a local one by its path in the project, or its last name


@dataclass(frozen=True)
class Plan:
    """Base commit ("" for a folder), ordered steps, and all that is needed to plan the same again."""

    base: str
    steps: tuple[PlannedStep, ...]
    name: str = ""
    command: tuple[str, ...] = ()  # to be typed at the top of the repository, on any machine
    paths: tuple[str, ...] = ()  # those that were named, from the top
    settings: Mapping[str, Any] = field(default_factory=dict)  # those that are not the defaults

    @cached_property
    def data(self) -> bytes:
        """The plan as it is kept."""
        return json.dumps(to_json(self), sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def id(self) -> str:
        """What a person types."""
        return self.hash[:8]

    @property
    def changes(self) -> list[Change]:
        return [change for step in self.steps for change in step.changes]


# ---- to JSON -----------------------------------------------------------------------------------


def to_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON data."""
    return {
        "schema_version": SCHEMA,
        "name": plan.name,
        "base": plan.base,
        "command": list(plan.command),
        "paths": list(plan.paths),
        "settings": {name: _plain(value) for name, value in plan.settings.items()},
        "steps": [_step_to_json(step) for step in plan.steps],
    }


def _step_to_json(step: PlannedStep) -> dict[str, Any]:
    return {
        "codemod": step.codemod,
        "version": step.version,
        "code": step.code,
        "where": step.where,
        "options": {name: _plain(value) for name, value in step.spec.options},
        "changes": [change_to_json(c) for c in step.changes],
        "skips": [skip_to_json(s) for s in step.skips],
        "failures": dict(step.failures),
        "dropped": dict(step.dropped),
        "files": {path: [files.input, files.output] for path, files in step.files.items()},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: list(texts) for name, texts in value.items()}
    return list(value) if isinstance(value, tuple) else value


def change_to_json(change: Change) -> dict[str, Any]:
    return {
        "key": change.key,
        "digest": change.digest,
        "anchor": change.anchor,
        "reason": change.reason,
        "safety": change.safety.value,
        "parts": [
            {
                "path": p.path,
                "line": p.line,
                "reason": p.reason,
                "safety": p.safety.value,
                "edits": [_edit_to_json(e) for e in p.edits],
                "requires": [[i.module, i.name, i.alias] for i in p.requires],
                "frees": [[i.module, i.name, i.alias] for i in p.frees],
                "instead": [[[i.module, i.name, i.alias] for i in pair] for pair in p.instead],
                "deletes_comments": p.deletes_comments,
            }
            for p in change.parts
        ],
        **({"stage": change.stage} if change.stage else {}),
        **({"needs": list(change.needs)} if change.needs else {}),
        **({"until": change.until} if change.until else {}),
    }


def _edit_to_json(edit: Edit) -> list[Any]:
    told: list[Any] = [edit.start, edit.end, edit.new]
    if edit.op != "replace" or edit.moved:
        told.append(edit.op)
    return [*told, [edit.moved.path, edit.moved.start, edit.moved.end]] if edit.moved else told


def skip_to_json(skip: Skip) -> dict[str, Any]:
    found: dict[str, Any] = {"path": skip.path, "line": skip.line, "code": skip.code, "reason": skip.reason}
    found |= {"group": skip.group} if skip.group else {}
    return found | ({"about": [*skip.about]} if skip.about else {})


# ---- and back ----------------------------------------------------------------------------------


def from_json(data: Any, codemods: Mapping[str, str] | None = None) -> Plan:
    """The plan that `to_json` wrote; `codemods` says where the files of local ones lie, by what the plan calls them.

    Raises UsageError for one of another version, or one that codemod did not write.
    """
    version = data.get("schema_version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > SCHEMA:
        raise UsageError(f"this plan is of a newer codemod (schema version {version}); install that, or plan again")
    if version != SCHEMA:
        raise UsageError(f"this plan has schema version {version}; make it again with codemod run NAME -n")
    try:
        return Plan(
            base=_commit(data["base"]),
            steps=tuple(_step(step, codemods or {}) for step in data["steps"]),
            name=_text(data["name"]),
            command=_texts(data["command"]),
            paths=_texts(data["paths"]),
            settings={name: _frozen(value) for name, value in data["settings"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise UsageError("this is no plan that codemod wrote; plan again with codemod run NAME -n") from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _commit(value: Any) -> str:
    if not _COMMIT.fullmatch(_text(value)):
        raise ValueError("not the id of a commit")
    return str(value)


def _named_texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {_text(name): _text(value) for name, value in values.items()}


def _skip(data: Mapping[str, Any]) -> Skip:
    path, code, reason, group = (_text(data.get(name, "")) for name in ("path", "code", "reason", "group"))
    return Skip(path, _line(data["line"]), code, reason, group, tuple(map(_text, data.get("about", ()))))


def _line(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("not a line")
    return value


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(map(_text, values))


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return OptionTable({_text(name): _texts(texts) for name, texts in value.items()})
    return tuple(value) if isinstance(value, list) else value


def _step(data: Mapping[str, Any], codemods: Mapping[str, str]) -> PlannedStep:
    where = _text(data["where"])
    options = tuple((name, _frozen(value)) for name, value in data["options"].items())
    return PlannedStep(
        codemod=_text(data["codemod"]),
        version=_text(data["version"]),
        spec=Spec(codemods.get(where, where), options),
        changes=tuple(_change(data["codemod"], c) for c in data["changes"]),
        skips=tuple(map(_skip, data["skips"])),
        failures=_named_texts(data["failures"]),
        code=_text(data["code"]),
        files={_text(path): FileDigests(input=old, output=new) for path, (old, new) in data["files"].items()},
        dropped=_named_texts(data["dropped"]),
        where=where,
    )


@cache
def _import(*names: str) -> Import:
    return Import(*map(_text, names))


def _imports(values: Sequence[Sequence[str]]) -> tuple[Import, ...]:
    return tuple([_import(*names) for names in values])


def _edit(path: str, start: Any, end: Any, new: Any, op: str = "replace", moved: Any = None) -> Edit:
    if not (_is_span(start, end) and type(new) is str and op in _OPS):
        raise TypeError("not an edit")
    return _built(Edit, path=path, start=start, end=end, new=new, op=op, moved=_span(*moved) if moved else None)


def _span(path: Any, start: Any, end: Any) -> Span:
    if not _is_span(start, end):
        raise TypeError("not a span")
    return Span(_text(path), start, end)


def _is_span(start: Any, end: Any) -> bool:
    return type(start) is type(end) is int and 0 <= start <= end < _LARGEST


def _change(codemod: str, data: Mapping[str, Any]) -> Change:
    anchor, parts = _text(data["anchor"]), []
    for p in data["parts"]:
        path, line = _text(p["path"]), _line(p["line"])
        part = _built(
            Part,
            path=path,
            line=line,
            reason=_text(p["reason"]),
            edits=tuple([_edit(path, *e) for e in p["edits"]]),
            safety=_SAFETIES[p["safety"]],
            group=anchor,
            requires=_imports(p["requires"]),
            frees=_imports(p["frees"]),
            deletes_comments=p["deletes_comments"],
            instead=tuple([(_import(*new), _import(*old)) for new, old in p["instead"]]),
        )
        parts.append(part)
    return _built(
        Change,
        codemod=codemod,
        anchor=anchor,
        reason=_text(data["reason"]),
        safety=_SAFETIES[data["safety"]],
        parts=tuple(parts),
        stage=_line(data.get("stage", 0)),
        needs=_texts(data.get("needs", ())),
        until=_line(data.get("until", 0)),
        # what was worked out when the plan was made need not be worked out for 30,000 changes to show the first
        key=_text(data["key"]),
        digest=_text(data["digest"]),
    )


_SAFETIES = {safety.value: safety for safety in Safety}
_T = TypeVar("_T")


def _built(kind: type[_T], **values: Any) -> _T:
    """A frozen value with all its fields, in a third of the time that its own `__init__` takes."""
    made = object.__new__(kind)
    made.__dict__.update(values)
    return made
