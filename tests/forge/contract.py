"""Whether requests and answers are what an OpenAPI description says, with jsonschema."""

from __future__ import annotations

import copy
import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

VERSIONS = ("2022-11-28", "2026-03-10")
ERRORS = (401, 403, 404, 422, 500, 502, 503, 504)  # what any operation may answer
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Operation:
    """One verb of one path."""

    id: str
    path: str
    told: Mapping[str, Any]
    values: Mapping[str, str]  # what stands for the names in the path


class Contract:
    """A description, in one of its versions."""

    def __init__(self, document: Mapping[str, Any], version: str) -> None:
        self.version = version
        self._uri = f"urn:{version}"
        self._document = _json_schema(of_version(copy.deepcopy(dict(document)), version), self._uri)
        resource = Resource.from_contents(self._document, default_specification=DRAFT7)
        self._registry: Registry[Any] = Registry().with_resource(self._uri, resource).crawl()
        self._validators: dict[str, Draft7Validator] = {}
        self._right: set[tuple[str, str]] = set()  # what has been looked at and was right
        self._paths = [
            (
                re.compile(
                    re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path).replace("(?P<ref>[^/]+)", "(?P<ref>.+?)") + "$"
                ),
                path,
            )
            for path in self._document["paths"]
        ]

    def find(self, method: str, path: str) -> Operation | None:
        for pattern, template in self._paths:
            if (match := pattern.match(path)) and (told := self._document["paths"][template].get(method.lower())):
                return Operation(told["operationId"], template, told, match.groupdict())
        return None

    def request(self, operation: Operation, query: Mapping[str, str], body: bytes) -> Iterator[str]:
        """What is wrong with a request."""
        known = {p["name"]: p for p in map(self._resolved, operation.told.get("parameters", ()))}
        for name, text in {**operation.values, **query}.items():
            if name not in known:
                yield f"there is no parameter {name}"
                continue
            value: Any = text
            if self._resolved(known[name]["schema"]).get("type") == "integer" and re.fullmatch(r"-?\d+", text):
                value = int(text)
            for wrong in self._wrong(known[name]["schema"], value):
                yield f"{name}: {wrong}"
        told = operation.told.get("requestBody")
        if not told:
            if body:
                yield "a body where none is described"
        elif body:
            try:
                value = json.loads(body)
            except ValueError:
                yield "a body that is no JSON"
            else:
                yield from self._wrong(told["content"]["application/json"]["schema"], value)
        elif told["required"]:
            yield "no body"

    def answer(self, operation: Operation, status: int, body: Any) -> Iterator[str]:
        """What is wrong with an answer."""
        told = operation.told["responses"].get(str(status))
        content = self._resolved(told).get("content") if told else None
        if told is None and status not in ERRORS:
            yield f"{status} is no answer that is described"
            return
        if content is not None:
            schema = content["application/json"]["schema"]
        elif status in ERRORS and body is not None:
            # not every operation names each error that all have in common, nor what it looks like
            schema = {"$ref": f"{self._uri}#/components/schemas/{'validation' if status == 422 else 'basic'}-error"}
        else:
            if body is not None:
                yield f"{status} has a body"
            return
        if isinstance(body, list) and schema.get("type") == "array" and "items" in schema:
            for at, item in enumerate(body):  # one by one: most of them have been looked at before
                yield from (f"{at}: {wrong}" for wrong in self._wrong(schema["items"], item))
        else:
            yield from self._wrong(schema, body)

    def _resolved(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in value:
            at: Any = self._document
            for step in value["$ref"].partition("#/")[2].split("/"):
                at = at[step]
            value = at
        return value

    def _wrong(self, schema: Mapping[str, Any], value: Any) -> Iterator[str]:
        name = json.dumps(schema, sort_keys=True)
        key = (name, json.dumps(value, sort_keys=True))
        if key in self._right:
            return
        if name not in self._validators:
            self._validators[name] = Draft7Validator(dict(schema), registry=self._registry)
        errors = list(self._validators[name].iter_errors(value))
        if not errors:
            self._right.add(key)
        for error in errors:
            yield f"{error.json_path}: {error.message[:300]}"


@functools.cache
def contract(version: str) -> Contract:
    """GitHub's, trimmed: see renew.py."""
    return Contract(json.loads((HERE / "github.json").read_text()), version)


def of_version(document: dict[str, Any], version: str) -> dict[str, Any]:
    """The description itself says what changes with a version: `null` takes a property away."""
    for schema in document["components"]["schemas"].values():
        for change in schema.pop("x-github-breaking-changes", ()):
            if change["version"] > version:
                continue
            patch = change["patch"]
            gone = (
                [name for name, now in patch.get("properties", {}).items() if now is None]
                if isinstance(patch, dict)
                else ()
            )
            for name in gone:
                schema["properties"][name] = {"not": {}}  # nothing at all
                schema["required"] = [r for r in schema.get("required", ()) if r != name]
    return document


def _json_schema(document: dict[str, Any], uri: str) -> dict[str, Any]:
    """OpenAPI 3.0 has `nullable`, JSON Schema has not. References say which document they are about."""

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(v) for v in value]
        if not isinstance(value, dict):
            return value
        made = {k: walk(v) for k, v in value.items()}
        if isinstance(at := made.get("$ref"), str):
            made["$ref"] = uri + at
        if made.get("nullable") is True:
            del made["nullable"]
            made = {"anyOf": [made, {"type": "null"}]}
        return made

    walked: dict[str, Any] = walk(document)
    return walked
