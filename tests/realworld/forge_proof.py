"""A second opinion on the fake GitHub: Prism judges each request and answer of our tests as jsonschema does.

The tests that stand on the fake run with FORGE_LOG; each exchange that they had then goes through Prism, a proxy that
holds requests and answers against an OpenAPI description, once for each version of the API. Prism needs node and npm;
where they are missing, that is an error. What the two judge differently is printed; exit code 1.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import requests

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.forge.contract import ERRORS, VERSIONS, of_version

TOP = Path(__file__).parents[2]
TESTS = (
    "test_fake_forge.py",
    "test_forges.py",
    "test_forge_merging.py",
    "test_batch_deliver.py",
    "test_batch_run.py",
    "test_suggest.py",
)
PRISM = "@stoplight/prism-cli@5.14.2"  # newer ones want a newer node
Exchange = dict[str, Any]
UNSAID = "Unable to match the returned status code"


def main() -> int:
    binary = _prism()
    with tempfile.TemporaryDirectory() as folder:
        exchanges = _asked(Path(folder))
        differ: list[str] = []
        for version in VERSIONS:
            mine = [e for e in exchanges if e["version"] == version]
            with _judge(binary, version, Path(folder)) as (address, upstream):
                for exchange in mine:
                    upstream.exchange = exchange
                    differ += _differences(exchange, _judged(address, exchange))
            wrong = sum(bool(e["wrong"]) for e in mine)
            print(f"{version}: {len(mine)} exchanges, of which {wrong} are wrong as their tests want it")
            if not mine or (version == VERSIONS[0] and not wrong):
                differ.append(f"{version}: nothing was asked, or nothing was wrong: the proof proves nothing")
    print(*differ, sep="\n")
    return 1 if differ else 0


def _prism() -> str:
    home = Path(os.environ.get("CODEMOD_BENCH_CACHE", "~/.cache/codemod-bench")).expanduser() / "prism"
    binary = home / "node_modules/.bin/prism"
    if not shutil.which("npm"):
        sys.exit("the second opinion needs node and npm: https://nodejs.org")
    if not binary.exists():
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", PRISM], cwd=home, check=True)
    return str(binary)


def _asked(folder: Path) -> Sequence[Exchange]:
    """What the tests asked and were answered, each once."""
    there = [str(path) for name in TESTS if (path := TOP / "tests" / name).exists()]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *there]
    done = subprocess.run(
        command, cwd=TOP, env=os.environ | {"FORGE_LOG": str(folder)}, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"the tests fail by themselves:\n{done.stdout[-2000:]}")
    lines = {line for log in folder.glob("*.jsonl") for line in log.read_text().splitlines()}
    by_shape = {_shape(json.loads(line)): json.loads(line) for line in sorted(lines)}
    return list(by_shape.values())


def _shape(exchange: Exchange) -> str:
    """What two exchanges that differ in their moment alone have in common."""
    words = {"created_at", "updated_at", "closed_at", "merged_at", "submitted_at", "uuid", "reset", "id", "node_id"}

    def bare(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {k: type(v).__name__ if k in words or "url" in k else bare(v) for k, v in value.items()}
        if isinstance(value, list):
            return [bare(v) for v in value[:3]]
        if isinstance(value, str) and (len(value) == 40 or value.startswith("http")):
            return "…"
        return value

    return json.dumps(bare({k: v for k, v in exchange.items() if k != "path"}) | {"path": exchange["path"]})


class _Upstream(ThreadingHTTPServer):
    """Answers what was answered."""

    daemon_threads = True
    exchange: Exchange


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Upstream

    def _serve(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        exchange = self.server.exchange
        data = b"" if exchange["answer"] is None else json.dumps(exchange["answer"]).encode()
        self.send_response(exchange["status"])
        if data:
            self.send_header("Content-Type", "application/json")
        if exchange["status"] != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextlib.contextmanager
def _judge(binary: str, version: str, folder: Path) -> Iterator[tuple[str, _Upstream]]:
    document = of_version(deepcopy(json.loads((TOP / "tests/forge/github.json").read_text())), version)
    told = folder / f"{version}.json"
    told.write_text(json.dumps(document))
    upstream = _Upstream(("127.0.0.1", 0), _Handler)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    behind = f"http://127.0.0.1:{upstream.server_address[1]}"
    command = [binary, "proxy", "-h", "127.0.0.1", "-p", str(port), str(told), behind]
    prism = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert prism.stdout
    try:
        for line in prism.stdout:
            if "Prism is listening" in line:
                break
        else:
            sys.exit("Prism does not start")
        threading.Thread(target=lambda: [None for _ in prism.stdout or ()], daemon=True).start()
        yield f"http://127.0.0.1:{port}", upstream
    finally:
        prism.terminate()
        prism.wait()
        upstream.shutdown()


def _judged(address: str, exchange: Exchange) -> list[str]:
    """What Prism has against it."""
    query = urlencode([(k, v) for k, v in exchange["pairs"]])
    url = f"{address}{quote(exchange['path'])}" + (f"?{query}" if query else "")
    headers = {"Content-Type": "application/json"} if exchange["body"] else {}
    answer = requests.request(exchange["method"], url, data=exchange["body"], headers=headers, timeout=20)
    told = json.loads(answer.headers.get("sl-violations", "[]"))
    if not told and "problem+json" in answer.headers.get("Content-Type", ""):  # no such path, or it cannot judge
        return [answer.text[:300]]
    return [v["message"] + " " + ".".join(map(str, v.get("location", ()))) for v in told if v["severity"] == "Error"]


def _differences(exchange: Exchange, judged: Sequence[str]) -> Iterator[str]:
    status = exchange["status"]
    judged = [told for told in judged if not (UNSAID in told and status in ERRORS)]
    passes = ("there is no parameter", "there is no such operation")  # a proxy lets those pass
    ours = [told for told in exchange["wrong"] if not any(word in told for word in passes)]
    if ours and not judged:
        yield f"{_title(exchange)}: only we say {exchange['wrong']}"
    if judged and not exchange["wrong"]:
        yield f"{_title(exchange)}: only Prism says {judged}"


def _title(exchange: Exchange) -> str:
    return f"{exchange['method']} {exchange['path']} {dict(exchange['pairs'])} → {exchange['status']}"


if __name__ == "__main__":
    sys.exit(main())
