"""How long each test took, from a JUnit XML report, `pytest --durations=0` output or pytest-json-report."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

_DURATION = re.compile(r"(?:^|\s)(\d+(?:\.\d+)?)s\s+(setup|call|teardown)\s+(\S.*?)\s*$", re.M)


@dataclass(frozen=True)
class Case:
    """One test case: setup, call and teardown together. `module` is a path, or a dotted name from JUnit."""

    module: str
    names: tuple[str, ...]  # classes and function
    parameters: str
    seconds: float
    ran: bool = True
    file: str = ""  # JUnit's own idea of the file: where the function is defined

    @property
    def label(self) -> str:
        """The case as a person would name it."""
        return "::".join((self.module, *self.names)) + self.parameters


def parse(text: str) -> list[Case]:
    """All cases of a report, each once. Raises ValueError when it is none of the three kinds."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "<":
        cases = list(_junit(text))
    elif start == "{":
        cases = list(_json(text))
    else:
        cases = list(_durations(text))
        if not cases:
            raise ValueError("no test with a duration is in it")
    slowest: dict[tuple[str, tuple[str, ...], str], Case] = {}
    for case in cases:  # a test that was run again counts with its slowest run
        key = (case.module, case.names, case.parameters)
        if key not in slowest or case.seconds > slowest[key].seconds:
            slowest[key] = case
    return list(slowest.values())


def _junit(text: str) -> Iterator[Case]:
    try:
        root = ElementTree.fromstring(text.lstrip("\ufeff \t\r\n").encode())
    except ElementTree.ParseError as error:
        raise ValueError(f"not well-formed XML: {error}") from None
    for element in root.iter("testcase"):
        name, bracket, parameters = (element.get("name") or "").partition("[")
        dotted = element.get("classname") or ""
        ran = all(element.find(tag) is None for tag in ("skipped", "error", "failure"))
        seconds = float((element.get("time") or "0").replace(",", ""))
        if name and dotted:
            yield Case(dotted, (name,), bracket + parameters, seconds, ran, element.get("file") or "")


def _json(text: str) -> Iterator[Case]:
    try:
        tests = json.loads(text)["tests"]
        for test in tests:
            seconds = sum(test.get(phase, {}).get("duration", 0.0) for phase in ("setup", "call", "teardown"))
            yield from _from_nodeid(test["nodeid"], seconds, test.get("outcome") == "passed")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError("the JSON is not that of pytest-json-report") from None


def _durations(text: str) -> Iterator[Case]:
    total: dict[str, float] = {}
    called: set[str] = set()
    for seconds, phase, nodeid in _DURATION.findall(text):
        total[nodeid] = total.get(nodeid, 0.0) + float(seconds)
        if phase == "call":
            called.add(nodeid)
    for nodeid, seconds in total.items():
        yield from _from_nodeid(nodeid, seconds, nodeid in called)


def _from_nodeid(nodeid: str, seconds: float, ran: bool) -> Iterator[Case]:
    address, bracket, parameters = nodeid.partition("[")
    path, *names = address.split("::")
    if names:
        yield Case(path.replace("\\", "/"), tuple(names), bracket + parameters, seconds, ran)


class Locator:
    """Finds the project's file for a case: node ids and JUnit names are relative to pytest's rootdir."""

    def __init__(self, rootdirs: Mapping[str, str]) -> None:
        self._by_path: dict[str, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}
        for path, rootdir in rootdirs.items():
            for root in {"", rootdir}:
                inside = path[len(root) + 1 :] if root else path
                if not root or path.startswith(f"{root}/"):
                    self._by_path.setdefault(inside, set()).add(path)
                    self._by_name.setdefault(inside.removesuffix(".py").replace("/", "."), set()).add(path)

    def find(self, case: Case) -> list[tuple[str, Case]]:
        """(path, case with its classes told apart) for each file that may be meant."""
        if case.module in self._by_path or case.module.endswith(".py"):
            return [(path, case) for path in sorted(self._by_path.get(case.module, ()))]
        parts = case.module.split(".")
        for skipped in range(len(parts)):  # --junit-prefix puts a word in front
            for size in range(len(parts), skipped, -1):
                if paths := self._by_name.get(".".join(parts[skipped:size])):
                    found = replace(case, names=(*parts[size:], *case.names))
                    return [(path, found) for path in self._preferred(sorted(paths), case)]
        return []

    def _preferred(self, paths: Sequence[str], case: Case) -> Iterable[str]:
        named = [p for p in paths if case.file and p.endswith(case.file)]
        return named if len(named) == 1 else paths
