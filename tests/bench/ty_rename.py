"""`ty_rename.py TY FOLDER PATH NAME NEW`: ty's language server renames what PATH defines; prints the seconds from its start to
the edits, which are not written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any


def _send(pipe: IO[bytes], **message: Any) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    pipe.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> dict[str, Any]:
    length = 0
    while (line := pipe.readline().strip()) or not length:
        if line.lower().startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    message: dict[str, Any] = json.loads(pipe.read(length))
    return message


def _answer(server: subprocess.Popen[bytes], number: int) -> Any:
    """The result of a request; what the server asks meanwhile is answered with nothing."""
    assert server.stdin is not None
    assert server.stdout is not None
    while True:
        message = _receive(server.stdout)
        if message.get("id") == number and "method" not in message:
            if "error" in message:
                raise SystemExit(f"error: {message['error']}")
            return message["result"]
        if "method" in message and "id" in message:
            items = message.get("params") or {}
            nothing = [None] * len(items.get("items", ())) if "configuration" in message["method"] else None
            _send(server.stdin, id=message["id"], result=nothing)


def main(ty: str, folder: str, path: str, name: str, new: str) -> None:
    file = Path(folder) / path
    text = file.read_text()
    found = re.search(rf"^(?:def|class) ({name})\b", text, re.MULTILINE)
    assert found is not None, name
    at = {
        "line": text.count("\n", 0, found.start(1)),
        "character": found.start(1) - text.rfind("\n", 0, found.start(1)) - 1,
    }
    top, uri = Path(folder).as_uri(), file.as_uri()
    start = time.perf_counter()
    with subprocess.Popen(
        [ty, "server"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdin is not None
        can = {"workspace": {"workspaceEdit": {"documentChanges": True}}, "textDocument": {"rename": {}}}
        asked = {"processId": None, "capabilities": can, "rootUri": top}
        _send(
            server.stdin,
            id=1,
            method="initialize",
            params={**asked, "workspaceFolders": [{"uri": top, "name": "one"}]},
        )
        _answer(server, 1)
        _send(server.stdin, method="initialized", params={})
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        _send(server.stdin, method="textDocument/didOpen", params={"textDocument": document})
        params = {"textDocument": {"uri": uri}, "position": at, "newName": new}
        _send(server.stdin, id=2, method="textDocument/rename", params=params)
        edits = _answer(server, 2)
        seconds = time.perf_counter() - start
        server.kill()
    if not edits:
        raise SystemExit("error: no edits")
    print(f"{len(edits.get('documentChanges') or edits.get('changes'))} files", file=sys.stderr)
    print(seconds)


if __name__ == "__main__":
    main(*sys.argv[1:])
