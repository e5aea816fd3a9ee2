"""Routes of the fakes that have no description of their own: each says which words a request may have."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tests.forge.hosted import Hosted, Pull
from tests.forge.people import Forge
from tests.forge.serving import Answer, Refused, Request

F = TypeVar("F", bound="RoutedForge")


@dataclass
class Call(Generic[F]):
    """A request that has a route."""

    forge: F
    request: Request
    values: dict[str, str]

    @property
    def given(self) -> dict[str, Any]:
        """What the query and the body say together."""
        body = self.request.json
        return {**self.request.query, **(body if isinstance(body, dict) else {})}

    def number(self, name: str, usual: int) -> int:
        return int(self.request.query.get(name, usual))

    def repository(self) -> Hosted:
        found = self.forge.lookup(self.values)
        if found is None or not self.forge.allowed(self.request, found, write=False):
            raise self.forge.refused(404, "Not Found")
        if found.archived and self.request.writes:
            raise self.forge.refused(403, "Repository is archived")
        return found

    def pull(self) -> tuple[Hosted, Pull]:
        repository = self.repository()
        number = self.values["number"]
        pull = repository.pulls.get(int(number)) if number.isdigit() else None
        if pull is None:
            raise self.forge.refused(404, "Not Found")
        return repository, pull

    def delete_branch(self, missing: str) -> Answer:
        repository, branch = self.repository(), self.values["branch"]
        if repository.head(branch) is None:
            raise self.forge.refused(404, missing)
        self.forge.delete_branch(repository.name, branch)
        return Answer(204)

    def slice(self, items: Sequence[Any], page: int, size: int) -> tuple[Sequence[Any], int]:
        """One page, and how many there are."""
        return items[(page - 1) * size : page * size], max(math.ceil(len(items) / size), 1)


Handler = Callable[[Call[Any]], Answer]


@dataclass(frozen=True)
class Route:
    method: str
    pattern: tuple[str, ...]
    takes: frozenset[str]
    needs: frozenset[str]
    act: Handler

    def match(self, method: str, segments: tuple[str, ...]) -> dict[str, str] | None:
        if method != self.method or len(segments) != len(self.pattern):
            return None
        pairs = list(zip(self.pattern, segments, strict=True))
        if any(word != segment for word, segment in pairs if not word.startswith(":")):
            return None
        return {word[1:]: segment for word, segment in pairs if word.startswith(":")}


class Routes:
    """`@routes("GET", "projects/:project", "takes these words", needs="and these")`"""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def __call__(self, method: str, path: str, takes: str = "", needs: str = "") -> Callable[[Handler], Handler]:
        def keep(act: Handler) -> Handler:
            words, must = frozenset(takes.split()), frozenset(needs.split())
            self.all.append(Route(method, tuple(path.split("/")), words | must, must, act))
            return act

        return keep

    def find(self, method: str, segments: tuple[str, ...]) -> Iterator[tuple[Route, dict[str, str]]]:
        for route in sorted(self.all, key=lambda r: sum(word.startswith(":") for word in r.pattern)):
            if (values := route.match(method, segments)) is not None:
                yield route, values


class RoutedForge(Forge):
    """A forge whose interface is a table of routes below a prefix."""

    prefix: tuple[str, ...]
    routes: Routes
    paging: frozenset[str]

    def lookup(self, values: dict[str, str]) -> Hosted | None:
        return self.repository(f"{values['owner']}/{values['repo']}")

    def refused(self, status: int, text: str) -> Refused:
        return Refused(status, self.error(status, text).body)

    def answer(self, request: Request) -> Answer:
        if request.segments[: len(self.prefix)] != self.prefix:
            return self._strange(request)
        segments = request.segments[len(self.prefix) :]
        if request.token and request.token != self.token:
            return self.error(401, "Unauthorized")
        if not request.token and (request.writes or segments == ("user",)):
            return self.error(401, "Unauthorized")
        for route, values in self.routes.find(request.method, segments):
            call = Call(self, request, values)
            given = call.given
            wrong = given.keys() - route.takes - (self.paging if request.method == "GET" else frozenset())
            if wrong:
                self.violations.append(f"{request.method} {request.path}: it takes no {', '.join(sorted(wrong))}")
            if missing := sorted(route.needs - given.keys()):
                self.violations.append(f"{request.method} {request.path}: {', '.join(missing)} is missing")
                return self.error(400, f"{', '.join(missing)} is missing")
            return route.act(call)
        return self._strange(request)

    def _strange(self, request: Request) -> Answer:
        self.violations.append(f"{request.method} {request.path}: there is no such route, or the fake lacks it")
        return self.error(404, "Not Found")
