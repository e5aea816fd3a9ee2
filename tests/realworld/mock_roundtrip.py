"""AsyncMocks taken out of a real suite, and an account of those that the codemod does not bring back.

`make realworld ARGS="python-socketio --codemod async-mock"` turns every AsyncMock that the suite makes
into a MagicMock, runs the codemod, and counts: restored, skipped with a code, or missed for one of
the reasons below. What is new (an AsyncMock where the suite has none) is listed to be looked at.
`mock_roundtrip.py FOLDER REVISION` prints the account of a repository whose `main` has them and whose
REVISION has them taken out, without running its tests.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codemods.async_mock import sites, third_party
from codemods.async_mock.mocks import Mocks
from codemods.async_mock.value import OWN
from codemods.base import Project
from codemods.facts.coroutine_scan import is_test_module, read
from codemods.facts.coroutines import Coroutines
from codemods.facts.modules import Modules
from codemods.source import Source

CODEMOD = Path(sys.executable).with_name("codemod")
MEANS = {
    "sync": "stands for a plain function",
    "manager": "what it stands for gives something to enter",
    "object": "a whole object: its attributes are mocks of their own",
    "property": "stands for a property",
    "asyncgen": "stands for an async generator",
}


@dataclass(frozen=True)
class Made:
    """One AsyncMock that a file makes: where its class is named."""

    path: str
    line: int
    start: int  # the name's character offset


def _names(text: str) -> list[ast.expr]:
    """The expressions that name AsyncMock where one is made, in the order of the text."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=(ast.Name(id="AsyncMock") | ast.Attribute(attr="AsyncMock")) as named):
                found.append(named)
            case ast.keyword(
                arg="new_callable", value=(ast.Name(id="AsyncMock") | ast.Attribute(attr="AsyncMock")) as named
            ):
                found.append(named)
    return sorted(found, key=lambda n: (n.end_lineno or 0, n.end_col_offset or 0))


def take_out(text: str) -> str:
    """The text with MagicMock wherever it says AsyncMock: as long, so that everything stays where it is."""
    return re.sub(r"\bAsyncMock\b", "MagicMock", text)


def _show(folder: Path, *command: str) -> str:
    done = subprocess.run(["git", *command], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape")


def made(folder: Path, revision: str) -> Iterator[Made]:
    """All AsyncMocks of a revision."""
    listed = _show(folder, "grep", "-lIz", "AsyncMock", revision, "--", "*.py").split("\0")
    for path in (name.partition(":")[2] for name in listed if name):
        text = _show(folder, "show", f"{revision}:{path}")
        file = Source(path, text.encode())
        for node in _names(text):
            yield Made(path, node.lineno, file.end(node) - len("AsyncMock"))


def account(folder: Path, report: str) -> tuple[Counter[str], list[str], list[str]]:
    """How each AsyncMock of `main` ended, the new swaps, and the misses one by one."""
    step = json.loads(report)["steps"][0]
    parts = [(c, p) for c in step["changes"] if c["state"] == "applied" for p in c["parts"]]
    edits = {(p["path"], at): c for c, p in parts for e in p["edits"] for at in range(e[0], max(e[1], e[0] + 1))}
    skips = {(s["path"], s["line"]): s["code"] for s in step["skips"]}
    left = [(c, p) for c in step["changes"] if c["state"] != "applied" for p in c["parts"]]
    skips |= {(p["path"], p["line"]): f"a {c['safety']} change" for c, p in left}
    why = Why(folder, "main")
    ends: Counter[str] = Counter()
    missed, back = [], set()
    for mock in made(folder, "main"):
        change = edits.get((mock.path, mock.start)) or edits.get((mock.path, mock.start + 1))
        if change is not None:
            back.add(change["key"])
            ends["restored"] += 1
        else:
            reason = skips.get((mock.path, mock.line)) or why.missed(mock)
            ends[reason] += 1
            missed.append(f"{mock.path}:{mock.line}: {reason}")
    new = [f"{p['path']}:{p['line']}: {p['reason']}" for c, p in parts if c["key"] not in back]
    return ends, new, missed


class Why:
    """Says why a mock is not seen as one of a coroutine function, from the codemod's own facts."""

    def __init__(self, folder: Path, revision: str) -> None:
        names = [n for n in _show(folder, "ls-tree", "-rz", "--name-only", revision).split("\0") if n.endswith(".py")]
        self.files = {n: Source(n, take_out(_show(folder, "show", f"{revision}:{n}")).encode()) for n in names}
        tests = frozenset(n for n, f in self.files.items() if is_test_module(f))
        facts = {n: read(f, calls=n not in tests) for n, f in self.files.items()}
        table = third_party.modules(third_party.BUILT_IN)
        self.coroutines = Coroutines(facts, Modules(Project(tuple(facts))), tests, table)
        self.sites: dict[str, dict[int, sites.Site]] = {}

    def missed(self, mock: Made) -> str:
        """The reason; "no reason" is a defect of the codemod."""
        file = self.files[mock.path]
        if mock.path not in self.sites:
            found = sites.find(Mocks(file))
            self.sites[mock.path] = {
                file.end(s.node.func if isinstance(s.node, ast.Call) else s.node): s for s in found
            }
        site = self.sites[mock.path].get(mock.start + len("MagicMock"))
        if site is None:
            return "has a spec of its own"
        paths = [v.path for v in site.roles if v.path]
        kinds = {self.coroutines.answer(p, mock.path).kind for p in paths} - {"unknown"}
        if kinds & MEANS.keys():
            return MEANS[sorted(kinds & MEANS.keys())[0]]
        if kinds:
            return "no reason"
        return self._by_shape(file, site) or ("the type of what it belongs to is not known" if paths else "no reason")

    def _by_shape(self, file: Source, site: sites.Site) -> str:
        node: ast.expr = site.node
        parent = file.parents.get(node)
        attributes = {p.attr for u in site.uses if isinstance(p := file.parents.get(u), ast.Attribute)}
        if isinstance(parent, ast.Call) and parent.func is node:
            return "called at once: its result is what the suite wants"
        if attributes - OWN - {"return_value"}:
            return "a whole object: its attributes are mocks of their own"
        match parent:
            case ast.Dict() | ast.List() | ast.Tuple() | ast.Set() | ast.ListComp():
                return "an item of a dictionary, list or tuple"
            case ast.Assign(targets=[ast.Subscript()]):
                return "an item of a dictionary, list or tuple"
            case ast.Assign(targets=[ast.Attribute()]) | ast.AnnAssign(target=ast.Attribute()):
                return "an attribute of an object of unknown type"
            case ast.keyword() | ast.Call() | ast.Assign() | ast.Return() | ast.Yield() | ast.Lambda():
                return "given to code that does not say what it takes"
        return ""


def main() -> int:
    folder, revision = Path(sys.argv[1]), sys.argv[2]
    command = [str(CODEMOD), "run", "async-mock", "--dry-run", "--format", "off", "--output-format", "json", "-q"]
    done = subprocess.run([*command, "--unsafe", "--base", revision], cwd=folder, capture_output=True, text=True)
    ends, new, missed = account(folder, done.stdout)
    print("\n".join([*missed, *(f"new: {line}" for line in new)]))
    for reason, count in ends.most_common():
        print(f"{count:5} {reason}")
    return bool(ends["no reason"])


if __name__ == "__main__":
    sys.exit(main())
