"""GitHub on 127.0.0.1: its REST and GraphQL interfaces as far as a client of pull requests needs them.

Every request and every answer is held against GitHub's own description; what differs is in `violations`.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.forge.contract import VERSIONS, Operation, contract
from tests.forge.github_views import Views
from tests.forge.hosted import Hosted, Pull
from tests.forge.people import Forge
from tests.forge.serving import Answer, Refused, Request

DOCS = "https://docs.github.com/rest"


@dataclass
class Call:
    """A request of an operation that is there."""

    forge: GitHub
    request: Request
    operation: Operation
    views: Views

    @property
    def values(self) -> Mapping[str, str]:
        return self.operation.values

    @property
    def body(self) -> Any:
        return self.request.json

    def repository(self) -> Hosted:
        name = f"{self.values['owner']}/{self.values['repo']}"
        found = self.forge.repository(name)
        if found is None or not self.forge.allowed(self.request, found, write=False):
            raise not_found()
        if found.archived and self.request.writes:
            raise Refused(403, {"message": "Repository was archived so is read-only.", **FORBIDDEN})
        return found

    def pull(self) -> tuple[Hosted, Pull]:
        repository = self.repository()
        number = self.values.get("pull_number") or self.values["issue_number"]
        pull = repository.pulls.get(int(number)) if number.isdigit() else None
        if pull is None:
            raise not_found()
        return repository, pull

    def page(self, items: Sequence[Any], show: Callable[[Any], Any]) -> Answer:
        """One page of a list, with the header that tells of the others."""
        query = self.request.query
        size, page = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
        last = max(math.ceil(len(items) / size), 1)
        found = {"prev": page - 1, "first": 1} if page > 1 else {}
        found |= {"next": page + 1, "last": last} if page < last else {}
        address = f"{self.forge.url}{self.request.path}"
        rest = {k: v for k, v in query.items() if k != "page"}
        links = [
            f'<{address}?{"&".join(f"{k}={v}" for k, v in [*rest.items(), ("page", str(to))])}>; rel="{name}"'
            for name, to in found.items()
        ]
        shown = [show(item) for item in items[(page - 1) * size : page * size]]
        return Answer(200, shown, {"Link": ", ".join(links)} if links else {})


FORBIDDEN = {"documentation_url": DOCS, "status": "403"}


def not_found() -> Refused:
    return Refused(404, {"message": "Not Found", "documentation_url": DOCS, "status": "404"})


def invalid(message: str = "Validation Failed", **error: Any) -> Refused:
    errors = {"errors": [error]} if error else {}
    return Refused(422, {"message": message, **errors, "documentation_url": DOCS, "status": "422"})


class GitHub(Forge):
    """What tests use: `url`, `token`, `add_repository`, `pulls`, and what people do."""

    def reset(self) -> None:
        super().reset()
        self.organisations: set[str] = set()
        self.limit = 5000
        self.used = 0

    def run_queue(self, name: str) -> None:
        """The merge queue merges what waits in it."""
        from tests.forge.github_merging import merge_all

        with self.lock:
            repository = self[name]
            for number in list(repository.queue):
                pull = repository.pulls[number]
                assert pull.merge_request
                merge_all(repository, pull, pull.merge_request, "github-merge-queue")
                if number in repository.queue:
                    repository.queue.remove(number)

    def evict(self, name: str, number: int, why: str = "a required check has failed") -> None:
        """The merge queue puts one out."""
        with self.lock:
            repository = self[name]
            repository.queue.remove(number)
            repository.pulls[number].queue_events.append("removed_from_merge_queue")
            if request := repository.pulls[number].merge_request:
                request.status, request.message = "failed", f"Removed from the merge queue: {why}"

    def keep_log(self) -> None:
        """What was asked and answered, a line of JSON each, for another judge: see tests/realworld/forge_proof.py."""
        if not (folder := os.environ.get("FORGE_LOG")):
            return
        with open(Path(folder) / f"{os.getpid()}.jsonl", "a") as log:
            for request in getattr(self, "requests", ()):
                if request.answer is None or isinstance(request.answer.body, bytes) or "graphql" in request.path:
                    continue
                row = {"method": request.method, "path": request.path, "pairs": request.pairs}
                row |= {"version": request.headers.get("x-github-api-version", VERSIONS[0])}
                row |= {"body": request.body.decode(), "status": request.status, "answer": request.answer.body}
                print(json.dumps(row | {"wrong": request.wrong}), file=log)

    # ---- answering -----------------------------------------------------------------------------

    def error(self, status: int, text: str) -> Answer:
        return Answer(status, {"message": text, "documentation_url": DOCS, "status": str(status)})

    def limited(self) -> Answer:
        text = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
        return Answer(403, {"message": text, **FORBIDDEN}, {"Retry-After": str(self.retry_after)})

    def answer(self, request: Request) -> Answer:
        prefix = "/api/v3" if request.path.startswith("/api/v3/") else ""
        path = request.path.removeprefix(prefix)
        version = request.headers.get("x-github-api-version", VERSIONS[0])
        if version not in VERSIONS:
            return self.error(400, f"{version} is no version of the API.")
        if not request.headers.get("user-agent"):
            return self.error(403, "Request forbidden by administrative rules. Please add a User-Agent.")
        if request.token and request.token != self.token:
            return self.error(401, "Bad credentials")
        if not request.token and (request.writes or path == "/user"):
            return self.error(401, "Requires authentication")
        self.used += path != "/rate_limit"
        if self.used > self.limit:
            text = "API rate limit exceeded for user."
            return Answer(403, {"message": text, **FORBIDDEN}, self._budget())
        views = Views(self.url, self.url + prefix, version)
        if path in ("/graphql", "/api/graphql"):
            from tests.forge.github_graphql import graphql

            return graphql(self, request, views)
        told = contract(version)
        operation = told.find(request.method, path)
        if operation is None:
            request.wrong = [f"{request.method} {path}: there is no such operation, or the fake lacks it"]
            self.violations += request.wrong
            return self.error(404, "Not Found")
        where = f"{operation.id} ({version})"
        wrong = [f"{where}: request: {w}" for w in told.request(operation, request.query, request.body)]
        self.violations += wrong
        request.wrong += wrong
        if wrong:
            return self.error(422, "; ".join(wrong))
        try:
            answer = handlers()[operation.id](Call(self, request, operation, views))
        except Refused as refused:
            answer = refused.answer
        wrong = [f"{where}: answer: {w}" for w in told.answer(operation, answer.status, answer.body)]
        self.violations += wrong
        request.wrong += wrong
        return Answer(answer.status, answer.body, {**self._budget(), **answer.headers})

    def _budget(self) -> dict[str, str]:
        left = str(max(self.limit - self.used, 0))
        told = {
            "Limit": str(self.limit),
            "Remaining": left,
            "Reset": str(int(time.time()) + 2),
            "Used": str(self.used),
        }
        return {f"X-RateLimit-{k}": v for k, v in told.items()} | {"X-RateLimit-Resource": "core"}


Handler = Callable[[Call], Answer]


def handlers() -> dict[str, Handler]:
    from tests.forge.github_merging import MERGING
    from tests.forge.github_pulls import PULLS
    from tests.forge.github_reviews import REVIEWS

    return HANDLERS | PULLS | MERGING | REVIEWS


# ---- users and repositories --------------------------------------------------------------------


def user(call: Call) -> Answer:
    return Answer(200, call.views.private_user(call.forge.login))


def other_user(call: Call) -> Answer:
    return Answer(200, call.views.full_user(call.values["username"]))


def organisation(call: Call) -> Answer:
    if call.values["org"] not in _owners(call.forge):
        raise not_found()
    return Answer(200, call.views.organization(call.values["org"]))


def _owners(forge: GitHub) -> set[str]:
    return {r.owner for r in forge.repositories.values()} | forge.organisations


def repositories(call: Call) -> Answer:
    """Of an organisation, of a user or of the one who asks."""
    owner = call.values.get("org") or call.values.get("username") or call.forge.login
    if "org" in call.values and owner not in _owners(call.forge):
        raise not_found()
    found = [r for r in call.forge.repositories.values() if r.owner == owner]
    return call.page([r for r in found if call.forge.allowed(call.request, r, write=False)], call.views.repository)


def repository(call: Call) -> Answer:
    return Answer(200, call.views.full_repository(call.repository()))


def rate_limit(call: Call) -> Answer:
    forge = call.forge
    left = max(forge.limit - forge.used, 0)
    core = {"limit": forge.limit, "used": forge.used, "remaining": left, "reset": int(time.time()) + 2}
    body: dict[str, Any] = {"resources": {"core": core, "search": core, "graphql": core}}
    return Answer(200, body if call.views.newer else body | {"rate": core})


def search(call: Call) -> Answer:
    """`org:`, `user:`, `repo:`, `archived:` and words of the name."""
    found = list(call.forge.repositories.values())
    for word in call.request.query["q"].split():
        key, _, value = word.rpartition(":")
        match key:
            case "org" | "user":
                found = [r for r in found if r.owner == value]
            case "repo":
                found = [r for r in found if r.name == value]
            case "archived":
                found = [r for r in found if r.archived == (value == "true")]
            case "":
                found = [r for r in found if value in r.name]
    page = call.page(found, lambda r: call.views.full_repository(r) | {"score": 1.0, "has_downloads": False})
    return Answer(200, {"total_count": len(found), "incomplete_results": False, "items": page.body}, page.headers)


def reference(call: Call) -> Answer:
    repository, name = call.repository(), call.values["ref"].removeprefix("heads/")
    sha = repository.head(name)
    if sha is None:
        raise not_found()
    at = f"{call.views.api}/repos/{repository.name}/git"
    told = {"type": "commit", "sha": sha, "url": f"{at}/commits/{sha}"}
    return Answer(200, {"ref": f"refs/heads/{name}", "node_id": "", "url": f"{at}/refs/heads/{name}", "object": told})


def delete_reference(call: Call) -> Answer:
    repository, name = call.repository(), call.values["ref"].removeprefix("heads/")
    if repository.head(name) is None:
        raise invalid("Reference does not exist")
    call.forge.delete_branch(repository.name, name)
    return Answer(204)


HANDLERS: dict[str, Handler] = {
    "users/get-authenticated": user,
    "users/get-by-username": other_user,
    "orgs/get": organisation,
    "repos/list-for-org": repositories,
    "repos/list-for-user": repositories,
    "repos/list-for-authenticated-user": repositories,
    "repos/get": repository,
    "rate-limit/get": rate_limit,
    "search/repos": search,
    "git/get-ref": reference,
    "git/delete-ref": delete_reference,
}
