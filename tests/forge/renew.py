"""Makes github.json anew: `python tests/forge/renew.py` (needs npm).

It is GitHub's published OpenAPI description (npm `@octokit/openapi`, MIT, see github.LICENSE), trimmed to what a
client of pull requests asks for: without texts, examples and the answers that our fake never gives. Requests allow
no other property than those described. What the description lacks or tells wrongly stands in `MENDED`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PACKAGE = "@octokit/openapi@23.0.2"

REPO = "/repos/{owner}/{repo}"
PULL = f"{REPO}/pulls/{{pull_number}}"
ISSUE = f"{REPO}/issues/{{issue_number}}"
PATHS = {
    "/user": "get",
    "/user/repos": "get",
    "/users/{username}": "get",
    "/users/{username}/repos": "get",
    "/orgs/{org}": "get",
    "/orgs/{org}/repos": "get",
    "/rate_limit": "get",
    "/search/repositories": "get",
    "/search/issues": "get",
    REPO: "get",
    f"{REPO}/branches/{{branch}}": "get",
    f"{REPO}/git/ref/{{ref}}": "get",
    f"{REPO}/git/refs/{{ref}}": "delete",
    f"{REPO}/labels": "get post",
    f"{REPO}/labels/{{name}}": "get",
    f"{REPO}/commits/{{ref}}/status": "get",
    f"{REPO}/commits/{{ref}}/check-runs": "get",
    f"{REPO}/pulls": "get post",
    PULL: "get patch",
    f"{PULL}/files": "get",
    f"{PULL}/merge": "get put",
    f"{PULL}/merge-async": "put",
    f"{PULL}/merge-async/{{uuid}}": "get",
    f"{PULL}/requested_reviewers": "get post delete",
    f"{PULL}/reviews": "get post",
    f"{PULL}/comments": "get post",
    ISSUE: "get patch",
    f"{ISSUE}/labels": "get post put",
    f"{ISSUE}/labels/{{name}}": "delete",
    f"{ISSUE}/comments": "get post",
    f"{ISSUE}/events": "get",
    f"{ISSUE}/assignees": "post",
    f"{REPO}/stacks": "get post",
    f"{REPO}/stacks/{{stack_number}}": "get",
    f"{REPO}/stacks/{{stack_number}}/add": "post",
    f"{REPO}/stacks/{{stack_number}}/unstack": "post",
}
LABELS = {"type": "array", "items": {"type": "string"}}
# the description shows an object only; its text allows a bare array too, and that is what PyGithub sends
MENDED = {("post", f"{ISSUE}/labels"): LABELS, ("put", f"{ISSUE}/labels"): LABELS}
TEXTS = ("description", "example", "examples", "summary", "externalDocs", "tags", "deprecated", "title", "x-github")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True)
        with tarfile.open(Path(folder, told.stdout.decode().split()[-1])) as package:
            package.extractall(folder, filter="data")
        top = Path(folder, "package")
        whole = json.loads((top / "generated/api.github.com.json").read_text())
        (HERE / "github.LICENSE").write_text((top / "LICENSE").read_text())
    lines = trimmed(whole)
    (HERE / "github.json").write_text(lines)
    print(f"github.json: {len(lines) // 1000} kB", file=sys.stderr)


def trimmed(whole: dict[str, Any]) -> str:
    paths = {
        path: {verb: operation(whole["paths"][path][verb]) for verb in verbs.split()} for path, verbs in PATHS.items()
    }
    for (verb, path), schema in MENDED.items():
        content = paths[path][verb]["requestBody"]["content"]["application/json"]
        content["schema"] = {"anyOf": [content["schema"], schema]}
    kept: dict[str, Any] = {}
    waiting = references(paths)
    while waiting:
        kind, name = key = waiting.pop()
        if key not in kept:
            kept[key] = bare(whole["components"][kind][name]) | ({"description": ""} if kind == "responses" else {})
            waiting |= references(kept[key])
    components: dict[str, dict[str, Any]] = {}
    for (kind, name), value in sorted(kept.items()):
        components.setdefault(kind, {})[name] = value
    info = {"title": "GitHub, trimmed", "version": whole["info"]["version"], "license": {"name": "MIT"}}
    # one line for each path and component, so that a difference can be read
    parts = [
        f'"openapi": "{whole["openapi"]}",\n"info": {json.dumps(info)},\n"paths": {in_lines(paths)}',
        *(f'"{kind}": {in_lines(values)}' for kind, values in components.items()),
    ]
    return "{\n" + parts[0] + ',\n"components": {\n' + ",\n".join(parts[1:]) + "\n}\n}\n"


def in_lines(values: dict[str, Any]) -> str:
    rows = (f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'), sort_keys=True)}" for k, v in values.items())
    return "{\n" + ",\n".join(rows) + "\n}"


def operation(given: dict[str, Any]) -> dict[str, Any]:
    made = {key: bare(given[key]) for key in ("operationId", "parameters") if key in given}
    if body := given.get("requestBody"):
        content = body["content"]["application/json"]
        made["requestBody"] = {
            "required": body.get("required", False),
            "content": {"application/json": {"schema": closed(bare(content["schema"]))}},
        }
    made["responses"] = {
        code: bare(answer) | ({} if "$ref" in answer else {"description": ""})
        for code, answer in given["responses"].items()
        if code.startswith(("2", "4")) or "$ref" not in answer
    }
    return made


def bare(value: Any, inside: str = "") -> Any:
    """Without texts. What lies directly in `properties` is a name and stays, whatever it is called."""
    if isinstance(value, list):
        return [bare(v) for v in value]
    if not isinstance(value, dict):
        return value
    keep = {k: v for k, v in value.items() if inside == "properties" or k not in TEXTS}
    return {k: bare(v, inside="" if inside == "properties" else k) for k, v in keep.items()}


def closed(schema: Any) -> Any:
    """A schema whose objects allow no property that it does not name."""
    if isinstance(schema, list):
        return [closed(v) for v in schema]
    if not isinstance(schema, dict):
        return schema
    made = {k: closed(v) for k, v in schema.items()}
    if "properties" in made and isinstance(made["properties"], dict) and made.get("type") == "object":
        made.setdefault("additionalProperties", False)
    return made


def references(value: Any) -> set[tuple[str, str]]:
    if isinstance(value, list):
        return set().union(*map(references, value))
    if not isinstance(value, dict):
        return set()
    found = set().union(*map(references, value.values())) if value else set()
    if isinstance(at := value.get("$ref"), str):
        _, _, kind, name = at.split("/")
        found.add((kind, name))
    return found


if __name__ == "__main__":
    main()
