"""A server on 127.0.0.1 that a fake of a forge stands on: its log, its faults, and real git behind it."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.forge.repositories import ENVIRONMENT, Repository

Kind = Literal["500", "502 after", "504 after", "hang after", "reset", "reset after", "secondary", "422"]
KINDS: tuple[Kind, ...] = ("500", "502 after", "504 after", "reset", "reset after", "secondary", "422")
"""`after`: the server acts and does not say so. "hang after" answers only when the client has given up."""


@dataclass
class Request:
    """One request as it came, and what was answered."""

    method: str
    path: str  # without the query
    segments: tuple[str, ...]  # of the path, each by itself: one may hold a slash
    pairs: tuple[tuple[str, str], ...]  # of the query, in their order
    headers: dict[str, str]  # names in lower case
    body: bytes
    status: int = 0  # 0: none was sent
    fault: Kind | None = None
    answer: Answer | None = None  # None too where a fault took its place
    wrong: list[str] = field(default_factory=list)  # what its description does not say, here or in the answer

    @cached_property
    def query(self) -> dict[str, str]:
        return dict(self.pairs)

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    @property
    def writes(self) -> bool:
        return self.method not in ("GET", "HEAD") and not self.path.endswith("git-upload-pack")

    @property
    def token(self) -> str:
        """What is sent as a token, whichever way."""
        kind, _, value = self.headers.get("authorization", "").partition(" ")
        if kind.lower() == "basic":
            return base64.b64decode(value).decode().partition(":")[2]
        return value or self.headers.get("private-token", "")

    def __str__(self) -> str:
        return f"{self.method} {self.path} → {self.status}" + (f" ({self.fault})" if self.fault else "")


@dataclass(frozen=True)
class Answer:
    """What is sent back: JSON, but for git."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def data(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()


class Refused(Exception):
    """An answer from deep inside."""

    def __init__(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, body)
        self.answer = Answer(status, body, headers or {})


class Server:
    """One server, of one kind of forge. A subclass answers requests and says what a fault looks like.

    It serves one request at a time, as far as they change something: what is tested are orders, not races.
    """

    realm = "GitHub"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = threading.RLock()
        self._released = threading.Event()
        self.reset()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.forge = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def reset(self) -> None:
        """Forget everything."""
        with self.lock:
            self.keep_log()
            self._released.set()
            self._released = threading.Event()
            self.token = "ghp_" + base64.b32encode(os.urandom(20)).decode().rstrip("=")
            self.login = "codemod-bot"  # whose token that is
            self.requests: list[Request] = []
            self.violations: list[str] = []
            self.repositories: dict[str, Repository] = {}
            self.retry_after = 1
            self._faults: dict[int, Kind] = {}
            self._hooks: dict[int, tuple[Callable[[], object], bool]] = {}
            self._seen = 0

    def keep_log(self) -> None:
        """Nothing, but for forges whose requests somebody else judges too."""

    def stop(self) -> None:
        self.keep_log()
        self._released.set()
        self._server.shutdown()
        self._server.server_close()

    # ---- for tests -----------------------------------------------------------------------------

    def fail(self, at: int, kind: Kind) -> None:
        """Let the `at`-th request from now on fail (1: the next). Several may be told."""
        with self.lock:
            self._faults[self._seen + at] = kind

    def call(self, at: int, do: Callable[[], object], *, acted: bool = False) -> None:
        """Call something when the `at`-th request from now on comes, before or after the server has acted."""
        with self.lock:
            self._hooks[self._seen + at] = do, acted

    def fail_no_more(self) -> None:
        with self.lock:
            self._faults.clear()
            self._hooks.clear()

    def add_repository(self, name: str, source: Path | None = None, **more: Any) -> str:
        """A repository with the branches of another, or an empty one: the URL to clone it from."""
        with self.lock:
            path = self.folder / f"{len(self.repositories)}-{os.urandom(4).hex()}" / f"{name}.git"
            made = self.repository_class()(name=name, path=path, id=len(self.repositories) + 1, **more)
            made.make(source)
            self.repositories[name] = made
        return f"{self.url}/{name}.git"

    def commit(
        self, name: str, branch: str, files: Mapping[str, str | None], *, author: str = "Grace", message: str = "Edit"
    ) -> str:
        """A person pushes a commit to a branch: the new id. None as the text deletes a file."""
        with self.lock:
            made = self.repositories[name].commit(branch, files, author=author, message=message)
            self.refs_moved(self.repositories[name], author)
        return made

    def delete_branch(self, name: str, branch: str) -> None:
        with self.lock:
            self.repositories[name].delete(branch)
            self.refs_moved(self.repositories[name], self.login)

    # ---- for subclasses ------------------------------------------------------------------------

    def repository_class(self) -> type[Repository]:
        return Repository

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError

    def error(self, status: int, text: str) -> Answer:
        """A failure in the words of this kind of forge."""
        return Answer(status, {"message": text})

    def limited(self) -> Answer:
        """What is said to a client that asks too much."""
        return Answer(429, {"message": "Too many requests"}, {"Retry-After": str(self.retry_after)})

    def refs_moved(self, repository: Repository, who: str) -> None:
        """Called when branches of a repository may have changed."""

    # ---- serving -------------------------------------------------------------------------------

    def serve(self, request: Request) -> Answer | None:
        """What is answered; None: the connection breaks."""
        with self.lock:
            self._seen += 1
            self.requests.append(request)
            request.fault = fault = self._faults.pop(self._seen, None)
            do, acted = self._hooks.pop(self._seen, (None, False))
            if do and not acted:
                do()
            match fault:
                case "500":
                    return self._told(request, self.error(500, "Server Error"))
                case "422":
                    return self._told(request, self.error(422, "Validation Failed"))
                case "secondary":
                    return self._told(request, self.limited())
                case "reset":
                    return None
            answer = self._act(request)
            if do and acted:
                do()
            released = self._released
        match fault:
            case "502 after":
                return self._told(request, self.error(502, "Server Error"))
            case "504 after":
                return self._told(request, self.error(504, "We couldn't respond to your request in time."))
            case "hang after":
                released.wait(30)
                return None
            case "reset after":
                return None
        return self._told(request, answer)

    def _told(self, request: Request, answer: Answer) -> Answer:
        request.status = answer.status
        request.answer = None if request.fault else answer
        return answer

    def _act(self, request: Request) -> Answer:
        for repository in self.repositories.values():
            repository.moved()  # a test may have moved branches by itself
        try:
            for service in ("/info/refs", "/git-upload-pack", "/git-receive-pack"):
                if request.path.endswith(service):
                    return self._git(request, request.path.removesuffix(service).strip("/"), service)
            return self.answer(request)
        except Refused as refused:
            return refused.answer

    def allowed(self, request: Request, repository: Repository, *, write: bool) -> bool:
        """Whether the one who asks may; a public repository is read by anybody."""
        return request.token == self.token or (not write and not repository.private and not request.token)

    def _git(self, request: Request, name: str, service: str) -> Answer:
        repository = self.repositories.get(name.removesuffix(".git"))
        write = "git-receive-pack" in (service[1:], request.query.get("service"))
        if repository is None or not self.allowed(request, repository, write=write):
            challenge = {"WWW-Authenticate": f'Basic realm="{self.realm}"', "Content-Type": "text/plain"}
            if repository is None and request.token == self.token:
                return Answer(404, b"Repository not found.\n", {"Content-Type": "text/plain"})
            return Answer(401, b"Authentication failed.\n", challenge)
        if write and repository.archived:
            said = b"This repository was archived so it is read-only.\n"
            return Answer(403, said, {"Content-Type": "text/plain"})
        answer = http_backend(repository, request, service, self.login)
        if service == "/git-receive-pack":
            repository.moved()
            self.refs_moved(repository, self.login)
        return answer


def http_backend(repository: Repository, request: Request, service: str, who: str) -> Answer:
    """What git's own server says."""
    environment = ENVIRONMENT | {
        "GIT_PROJECT_ROOT": str(repository.path.parent),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": f"/{repository.path.name}{service}",
        "QUERY_STRING": "&".join(f"{k}={v}" for k, v in request.query.items()),
        "REQUEST_METHOD": request.method,
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "HTTP_CONTENT_ENCODING": request.headers.get("content-encoding", ""),
        "GIT_PROTOCOL": request.headers.get("git-protocol", ""),
        "REMOTE_USER": who,
        "REMOTE_ADDR": "127.0.0.1",
    }
    done = subprocess.run(
        ["git", "http-backend"], input=request.body, capture_output=True, check=False, env=environment
    )
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().splitlines() if ": " in line)
    return Answer(int(headers.pop("Status", "200").split()[0]), body, headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    forge: Server

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is none; anything else makes the test fail."""
        import sys
        import traceback

        if not isinstance(sys.exception(), ConnectionError):
            self.forge.violations.append(traceback.format_exc())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        request = Request(
            self.command,
            unquote(parts.path),
            tuple(unquote(part) for part in parts.path.strip("/").split("/")),
            tuple(parse_qsl(parts.query, keep_blank_values=True)),
            {k.lower(): v for k, v in self.headers.items()},
            b"".join(self._body()),
        )
        answer = self.server.forge.serve(request)
        if answer is None:
            # RST, not FIN: as a machine on the way does it
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        data = answer.data()
        headers = {"Content-Type": "application/json; charset=utf-8"} | dict(answer.headers)
        lines = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('',))[0]}"]
        lines += [f"{k}: {v}" for k, v in headers.items()]
        lines += [f"Content-Length: {len(data)}"] if answer.status != 204 else []
        self.wfile.write("\r\n".join(lines).encode() + b"\r\n\r\n" + data)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

    def _body(self) -> Iterator[bytes]:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            yield self.rfile.read(int(self.headers.get("Content-Length") or 0))
            return
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def log_message(self, format: str, *args: Any) -> None:
        pass
