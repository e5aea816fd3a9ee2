"""The plan: a value made first and applied later. Plain JSON, without times or absolute paths.

A dry run is a plan that was not applied. It lies under the repository's git directory (or the
user's state directory), never in the work tree.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from codemods.engine.registry import Spec
from codemods.engine.values import Change, Edit, Import, Part, Safety, Skip

from .disk import own_folder, write_atomically
from .errors import UsageError

SCHEMA = 1


@dataclass(frozen=True)
class PlannedStep:
    """One codemod's part of a plan."""

    codemod: str
    version: str
    spec: Spec
    changes: tuple[Change, ...]
    skips: tuple[Skip, ...]
    failures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """Base commit ("" for a folder), ordered steps, and decisions by change key."""

    base: str
    steps: tuple[PlannedStep, ...]
    decisions: Mapping[str, str] = field(default_factory=dict)  # "accept", "reject" or "fails: …"
    command: tuple[str, ...] = ()  # how to ask for it again, on any machine

    @cached_property
    def data(self) -> bytes:
        """The plan as it is kept."""
        return json.dumps(to_json(self), sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def to_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON data."""
    return {
        "schema_version": SCHEMA,
        "base": plan.base,
        "command": list(plan.command),
        "steps": [
            {
                "codemod": step.codemod,
                "version": step.version,
                "where": step.spec.where if not step.spec.where.endswith(".py") else Path(step.spec.where).name,
                "options": dict(step.spec.options),
                "changes": [change_to_json(c) for c in step.changes],
                "skips": [skip_to_json(s) for s in step.skips],
                "failures": dict(step.failures),
            }
            for step in plan.steps
        ],
        "decisions": dict(plan.decisions),
    }


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
                "edits": [[e.start, e.end, e.new, *([e.op] if e.op != "replace" else [])] for e in p.edits],
                "requires": [[i.module, i.name, i.alias] for i in p.requires],
                "frees": [[i.module, i.name, i.alias] for i in p.frees],
                "instead": [[[i.module, i.name, i.alias] for i in pair] for pair in p.instead],
                "deletes_comments": p.deletes_comments,
            }
            for p in change.parts
        ],
    }


def skip_to_json(skip: Skip) -> dict[str, Any]:
    found = {"path": skip.path, "line": skip.line, "code": skip.code, "reason": skip.reason}
    return found | ({"group": skip.group} if skip.group else {})


def from_json(data: Mapping[str, Any]) -> Plan:
    """The plan that `to_json` wrote. Raises UsageError for one of another version."""
    if data.get("schema_version") != SCHEMA:
        raise UsageError(f"this plan has schema version {data.get('schema_version')}; make it again with codemod run")
    steps = []
    for s in data["steps"]:
        options = tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in s["options"].items())
        changes = tuple(_change(s["codemod"], c) for c in s["changes"])
        skips = tuple(Skip(k["path"], k["line"], k["code"], k["reason"], k.get("group", "")) for k in s["skips"])
        steps.append(
            PlannedStep(
                codemod=s["codemod"],
                version=s["version"],
                spec=Spec(s["where"], options),
                changes=changes,
                skips=skips,
                failures=s["failures"],
            )
        )
    return Plan(base=data["base"], steps=tuple(steps), decisions=data["decisions"], command=tuple(data["command"]))


def _change(codemod: str, data: Mapping[str, Any]) -> Change:
    parts = tuple(
        Part(
            path=p["path"],
            line=p["line"],
            reason=p["reason"],
            edits=tuple(Edit(p["path"], e[0], e[1], e[2], e[3] if len(e) > 3 else "replace") for e in p["edits"]),
            safety=Safety(p["safety"]),
            group=data["anchor"],
            requires=tuple(Import(*i) for i in p["requires"]),
            frees=tuple(Import(*i) for i in p["frees"]),
            deletes_comments=p["deletes_comments"],
            instead=tuple((Import(*new), Import(*old)) for new, old in p["instead"]),
        )
        for p in data["parts"]
    )
    return Change(
        codemod=codemod, anchor=data["anchor"], reason=data["reason"], safety=Safety(data["safety"]), parts=parts
    )


def save(plan: Plan, state: Path, name: str) -> Path | None:
    """Keep the plan as `<state>/plans/<name>.json`; None where nothing can be written (a read-only home)."""
    with contextlib.suppress(OSError):
        path = own_folder(state, "plans") / f"{re.sub(r'[^A-Za-z0-9.-]', '-', name)[:100]}.json"
        write_atomically(path, plan.data)
        return path
    return None
