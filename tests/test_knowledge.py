"""The knowledge base: the rule of complete lists, real classes, its size, and what it says of the standard library."""

from __future__ import annotations

import builtins
import importlib
import json
import statistics
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codemods.facts.exceptions import knowledge
from runner.kb.total import keeps_rule, may_be_total

FILES = sorted(set(knowledge.libraries().values()))
MEGABYTE = 1_000_000


def whole(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


STDLIB: dict[str, dict[str, Any]] = whole(knowledge.FOLDER / "stdlib.json")["modules"]


def entries(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for module, written in whole(path)["modules"].items():
        for name, told in written.get("callables", {}).items():
            if "raises" in told:
                yield f"{module}.{name}", told


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_list_that_is_complete_keeps_the_rule(path: Path) -> None:
    wrong = [name for name, told in entries(path) if told.get("total") and not keeps_rule(told["raises"])]
    assert wrong == []


@pytest.mark.parametrize(
    ("exact", "likely", "seen", "told", "expected"),
    [
        (["builtins.TypeError"], [], ["builtins.TypeError"], [], True),
        (["builtins.TypeError", "builtins.ValueError"], [], ["builtins.TypeError"], ["builtins.ValueError"], True),
        ([], [], [], [], False),  # nothing is marked: nobody said that it raises nothing
        (["builtins.TypeError"], ["builtins.ValueError"], [], [], False),  # one that is not exact
        (["builtins.TypeError"], [], ["builtins.OSError"], [], False),  # seen, and not in the list
        (["builtins.TypeError"], [], [], ["builtins.OSError"], False),  # documented, and not in the list
        (["builtins.TypeError", "builtins.Exception"], [], [], [], False),
    ],
)
def test_when_a_list_may_be_complete(
    exact: list[str], likely: list[str], seen: list[str], told: list[str], expected: bool
) -> None:
    assert may_be_total(exact, likely, seen, told) is expected


@pytest.mark.parametrize(
    ("raises", "expected"),
    [
        ({"builtins.TypeError": "o3 xr"}, True),
        ({"builtins.TypeError": "o3 xr", "builtins.ValueError": "o2"}, False),
        ({"builtins.TypeError": "d wr"}, False),
        ({"builtins.Exception": "xr"}, False),
        ({}, False),
    ],
)
def test_what_an_entry_must_hold_to_be_called_complete(raises: dict[str, str], expected: bool) -> None:
    assert keeps_rule(raises) is expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_evidence_is_written_in_known_words_with_a_source(path: Path) -> None:
    sources = whole(path)["sources"]
    wrong = []
    for name, told in entries(path):
        for words in told["raises"].values():
            for word in words.split():
                counted = word[0] == "o" and word[1:].isdecimal() and int(word[1:]) >= 1
                if not words or ("o" if counted else word) not in sources:
                    wrong.append((name, words))
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_class_that_is_raised_is_known(path: Path) -> None:
    wrong = set()
    for name, told in entries(path):
        for cls in told["raises"]:
            module, _, last = cls.rpartition(".")
            if last not in (knowledge._written(module) or {}).get("classes", {}) and not nested(cls):
                wrong.add((name, cls))
    assert wrong == set()


def nested(cls: str) -> bool:
    """A class within a class: `imaplib.IMAP4.error`."""
    module, owner, last = cls.rsplit(".", 2)
    return f"{owner}.{last}" in (knowledge._written(module) or {}).get("classes", {})


# ---- classes ---------------------------------------------------------------------------------


def found(dotted: str) -> object:
    """The object of a dotted name; None where this Python has no such module or name."""
    parts = dotted.split(".")
    for size in range(len(parts) - 1, 0, -1):
        try:
            value: object = importlib.import_module(".".join(parts[:size]))
        except ImportError:
            continue
        for name in parts[size:]:
            value = getattr(value, name, None)
        return value
    return None


def exceptions() -> dict[str, list[str]]:
    """The classes of exceptions of the standard library, with their bases."""
    below = {"builtins.BaseException"}
    classes = {
        f"{module}.{name}": told.get("bases", [])
        for module, written in STDLIB.items()
        for name, told in written.get("classes", {}).items()
    }
    size = 0
    while len(below) != size:
        size = len(below)
        below |= {name for name, bases in classes.items() if below & {*bases}}
    return {name: classes[name] for name in sorted(below)}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_exceptions_have_the_bases_of_this_python() -> None:
    wrong, known = [], 0
    for name, bases in exceptions().items():
        cls = found(name)
        if not isinstance(cls, type):
            continue  # newer or older than this Python
        known += 1
        real = tuple(base for base in cls.__bases__ if base is not object)
        if tuple(found(base) for base in bases if base != "builtins.object") != real:
            wrong.append((name, bases, real))
    assert wrong == []
    assert known > 250


def test_every_builtin_exception_is_there() -> None:
    classes = {name: cls for name, cls in vars(builtins).items() if isinstance(cls, type) and name[0] != "_"}
    real = {name for name, cls in classes.items() if issubclass(cls, BaseException)}
    builtin = STDLIB["builtins"]
    assert real - {*builtin["classes"], *builtin.get("aliases", {})} == set()


def test_a_name_that_programs_use_leads_to_its_class() -> None:
    for alias, cls in {
        "json.JSONDecodeError": "json.decoder.JSONDecodeError", "socket.timeout": "builtins.TimeoutError",
        "os.error": "builtins.OSError", "asyncio.TimeoutError": "builtins.TimeoutError", "re.PatternError": "re.error",
        "_csv.Error": "csv.Error", "_queue.Empty": "queue.Empty", "concurrent.futures.TimeoutError": "builtins.TimeoutError",
    }.items():  # fmt: skip
        module, _, name = alias.rpartition(".")
        assert STDLIB[module]["aliases"][name] == cls, alias


@pytest.mark.parametrize(
    ("module", "name", "expected"),
    [
        ("asyncio.queues", "QueueShutDown", (3, 13)),
        ("tomllib", "TOMLDecodeError", (3, 11)),
        ("builtins", "ExceptionGroup", (3, 11)),
        ("asyncio.queues", "QueueEmpty", (3, 0)),
        ("re", "error", (3, 0)),  # 3.13 calls it PatternError
        ("json.decoder", "JSONDecodeError", (3, 0)),
        ("builtins", "OSError", (3, 0)),
        ("nowhere", "Error", (3, 0)),
    ],
)
def test_the_python_that_has_a_class_first(module: str, name: str, expected: tuple[int, int]) -> None:
    assert knowledge.since(module, name) == expected


# ---- size and speed --------------------------------------------------------------------------


def test_the_whole_base_is_small() -> None:
    assert sum(len(zlib.compress(path.read_bytes())) for path in knowledge.FOLDER.iterdir()) < MEGABYTE


def test_the_first_question_is_answered_at_once() -> None:
    times = []
    for _ in range(5):
        knowledge._library.cache_clear()
        before = time.perf_counter()
        assert knowledge.entry("builtins", "open") is not None
        times.append(time.perf_counter() - before)
    assert statistics.median(times) < 0.030 * 4  # 4 to 12 ms where nothing else runs


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_read_in_parts_as_it_is_read_whole(path: Path) -> None:
    assert dict(knowledge._library(path)) == whole(path)["modules"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_index_knows_all_that_a_file_has(path: Path) -> None:
    tops = {module.partition(".")[0] for module in whole(path)["modules"]}
    of_others = {top for top in tops if knowledge.libraries().get(top, path) != path}
    assert tops - of_others <= {top for top, file in knowledge.libraries().items() if file == path}


# ---- what it says ------------------------------------------------------------------------------


def test_it_is_at_least_as_rich_as_the_first_one() -> None:
    """996 callables in C and 1,602 in Python were once seen to raise something, private ones among them."""
    known = dict(entries(knowledge.FOLDER / "stdlib.json"))
    assert len(known) > 6000
    assert sum(bool(told["raises"]) for told in known.values()) > 2598


@pytest.mark.parametrize(
    ("name", "some", "without"),
    [
        ("builtins.open", "OSError FileNotFoundError ValueError", "RuntimeWarning KeyboardInterrupt FloatingPointError"),
        ("builtins.int.__init__", "ValueError TypeError OverflowError", "ZeroDivisionError RuntimeError"),
        ("builtins.next", "StopIteration TypeError", "FileNotFoundError csv.Error ValueError"),
        ("builtins.list.__init__", "TypeError", "csv.Error ValueError UnicodeDecodeError"),
        ("builtins.dict.pop", "KeyError", "ValueError"),
        ("builtins.list.index", "ValueError", "KeyError"),
        ("builtins.bytes.decode", "UnicodeDecodeError LookupError", "RuntimeError"),
        ("json.loads", "json.decoder.JSONDecodeError UnicodeDecodeError TypeError", "ZeroDivisionError RecursionError"),
        ("json.dumps", "TypeError ValueError", "ZeroDivisionError"),
        ("os.stat", "OSError FileNotFoundError PermissionError", "KeyError"),
        ("os.makedirs", "OSError FileExistsError", ""),
        ("pathlib.Path.read_text", "OSError UnicodeDecodeError FileNotFoundError", ""),
        ("shutil.move", "OSError shutil.Error", ""),
        ("subprocess.run", "OSError subprocess.CalledProcessError subprocess.TimeoutExpired", ""),
        ("datetime.datetime.fromisoformat", "ValueError TypeError", "KeyError"),
        ("datetime.datetime.strptime", "ValueError TypeError", "KeyError"),
        ("base64.b64decode", "binascii.Error", ""),
        ("re.compile", "re.error", "RecursionError"),
        ("_struct.unpack", "struct.error", ""),
        ("zlib.decompress", "zlib.error", ""),
        ("pickle.loads", "pickle.UnpicklingError EOFError AttributeError", ""),
        ("sqlite3.Connection.execute", "sqlite3.Error sqlite3.OperationalError sqlite3.IntegrityError", ""),
        ("urllib.request.urlopen", "urllib.error.URLError OSError ValueError", ""),
        ("_socket.socket.connect", "OSError ConnectionRefusedError", ""),
        ("asyncio.tasks.wait_for", "TimeoutError", ""),
        ("uuid.UUID.__init__", "ValueError TypeError", ""),
        ("decimal.Decimal.__init__", "decimal.InvalidOperation", ""),
        ("xml.etree.ElementTree.XML", "xml.etree.ElementTree.ParseError", ""),
        ("configparser.RawConfigParser.get", "configparser.NoSectionError configparser.NoOptionError", ""),
        ("queue.Queue.get_nowait", "queue.Empty", ""),
        ("ipaddress.ip_address", "ValueError", ""),
    ],
)  # fmt: skip
def test_what_is_known_of_a_callable(name: str, some: str, without: str) -> None:
    module = max((m for m in STDLIB if name.startswith(f"{m}.")), key=len)
    entry = knowledge.entry(module, name.removeprefix(f"{module}."))
    assert entry is not None
    raises = {cls.removeprefix("builtins.") for cls in entry.raises}
    assert {*some.split()} <= raises
    assert not {*without.split()} & raises


@pytest.mark.parametrize(
    "name",
    [
        "logging.Logger.info", "logging.getLevelName", "builtins.list.append", "builtins.dict.items", "builtins.str.lower",
        "builtins.print", "builtins.bool.__init__", "time.time", "uuid.uuid4", "os.getenv", "pathlib.PurePath.name",
    ],
)  # fmt: skip
def test_what_is_known_to_raise_nothing(name: str) -> None:
    module = max((m for m in STDLIB if name.startswith(f"{m}.")), key=len)
    entry = knowledge.entry(module, name.removeprefix(f"{module}."))
    assert entry is not None
    assert entry.raises == {}
    assert not entry.total


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("builtins", "exec"), ("builtins", "eval"), ("builtins", "__import__"), ("importlib", "import_module"),
        ("runpy", "run_path"), ("asyncio.runners", "run"), ("concurrent.futures._base", "Future.result"),
        ("builtins", "object.__init__"), ("nowhere", "f"), ("os", "no_such_function"),
    ],
)  # fmt: skip
def test_of_what_runs_any_code_nothing_is_known(module: str, name: str) -> None:
    assert knowledge.entry(module, name) is None


def test_nothing_that_was_seen_but_once_is_believed() -> None:
    alone = [
        (name, cls)
        for name, told in entries(knowledge.FOLDER / "stdlib.json")
        for cls, words in told["raises"].items()
        if words == "o1"
    ]
    assert alone == []


def test_no_class_of_a_test_is_there() -> None:
    words = {word for module in STDLIB for word in module.split(".")}
    assert not words & {"test", "tests", "idlelib", "__main__"}
    assert not [cls for _, told in entries(knowledge.FOLDER / "stdlib.json") for cls in told["raises"] if "<" in cls or "test" in cls.split(".")[0]]  # fmt: skip
