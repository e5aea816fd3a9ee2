"""The types of a library: what its stubs or its source say, absolute and without a further climb."""

from __future__ import annotations

from typing import Any

from codemods.engine.source import Source
from codemods.facts.exceptions.skeleton import skeleton

_BUILTINS = """
class object: ...
class BaseException: ...
class Exception(BaseException): ...
class ValueError(Exception): ...
class str: ...
class int: ...
class bytes: ...
class list: ...
class dict: ...
class tuple: ...
"""
_TYPING = "class Iterator: ...\nclass IO: ...\nclass Sequence: ...\nAny: object\nTypeVar: object\n"


def _read(**files: str) -> dict[str, dict[str, Any]]:
    """The skeleton of some stubs: `pkg__init` is a package, `pkg_mod` a module of it."""
    texts = {"builtins": _BUILTINS, "typing": _TYPING, **files}
    sources = {}
    for name, text in texts.items():
        ending = "/__init__.pyi" if name.endswith("__init") else ".pyi"
        dotted = name.removesuffix("__init").replace("_", ".") if name != "_private" else name
        sources[dotted] = Source(f"any{ending}", text.encode())
    return skeleton(sources, {})


def _callables(text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = _read(lib=text)["lib"].get("callables", {})
    return found


def test_result_is_an_absolute_path_through_relative_imports_and_re_exports() -> None:
    found = _read(
        lib__init="from .api import get as get\nfrom .errors import *",
        lib_api="from . import models\nfrom .models import Answer\ndef get(url: str) -> Answer: ...\ndef last() -> models.Answer: ...",
        lib_models="class Answer:\n    @property\n    def ok(self) -> 'str': ...\n    def json(self): ...",
        lib_errors="class LibError(ValueError): ...\n_hidden = 1",
    )
    assert found["lib"]["aliases"] == {"get": "lib.api.get", "LibError": "lib.errors.LibError"}
    assert found["lib.api"]["callables"] == {
        "get": {"returns": "lib.models.Answer*"}, "last": {"returns": "lib.models.Answer*"},
    }  # fmt: skip
    assert found["lib.models"]["callables"] == {"Answer.ok": {"kind": "property", "returns": "builtins.str*"}}
    assert found["lib.errors"]["classes"] == {"LibError": {"bases": ["builtins.ValueError"]}}


def test_items_of_containers_stand_in_front() -> None:
    found = _callables("""
from typing import Any, Dict, Iterator, List, Optional, Union
def names() -> list[str]: ...
def old() -> Optional[List[str]]: ...
def table() -> Dict[str, bytes]: ...
def pairs() -> dict[str, list[int]]: ...
def each() -> Iterator[bytes]: ...
def row() -> tuple[str, ...]: ...
def same() -> tuple[str, str]: ...
def mixed() -> tuple[str, int]: ...
def either() -> Union[str, bytes]: ...
def any_list() -> list[Any]: ...
def nothing() -> Any: ...
""")
    assert {name: told["returns"] for name, told in found.items()} == {
        "names": "[builtins.str*]builtins.list*",
        "old": "[builtins.str*]builtins.list*",
        "table": "[builtins.bytes*]builtins.dict*",
        "pairs": "[[builtins.int*]builtins.list*]builtins.dict*",
        "each": "[builtins.bytes*]typing.Iterator*",
        "row": "[builtins.str*]builtins.tuple*",
        "same": "[builtins.str*]builtins.tuple*",
        "mixed": "builtins.tuple*",
        "any_list": "builtins.list*",
    }


def test_overloads_say_what_they_all_say() -> None:
    found = _callables("""
from typing import overload
class Base: ...
class Left(Base): ...
class Right(Base): ...
@overload
def same(x: int) -> str: ...
@overload
def same(x: str) -> str: ...
@overload
def other(x: int) -> str: ...
@overload
def other(x: str) -> bytes: ...
@overload
def near(x: int) -> Left: ...
@overload
def near(x: str) -> Right: ...
""")
    assert found == {"same": {"returns": "builtins.str*"}, "near": {"returns": "lib.Base*"}}


def test_self_is_who_is_asked() -> None:
    found = _callables("""
from typing import Self, TypeVar
_T = TypeVar("_T")
class Client:
    def __enter__(self) -> Self: ...
    def copy(self: _T) -> _T: ...
    def several(self) -> list[Self]: ...
    def taken(self, x: _T) -> _T: ...
""")
    assert found == {
        "Client.__enter__": {"returns": "typing.Self*"},
        "Client.copy": {"returns": "typing.Self*"},
        "Client.several": {"returns": "[lib.Client*]builtins.list*"},
    }


def test_kinds() -> None:
    found = _callables("""
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
class Answer: ...
async def fetch() -> Answer: ...
def later() -> Awaitable[Answer]: ...
@contextmanager
def opened() -> Iterator[Answer]: ...
class Verb:
    def __await__(self) -> Iterator[Answer]: ...
    async def __aenter__(self) -> Answer: ...
def verb() -> Verb: ...
""")
    assert found["fetch"] == found["later"] == {"kind": "async", "returns": "lib.Answer*"}
    assert found["opened"] == {"kind": "manager", "returns": "lib.Answer*"}
    assert found["verb"] == {"returns": "^lib.Answer*"}


def test_only_the_branches_of_this_python_and_system() -> None:
    found = _callables("""
import sys
if sys.version_info >= (3, 11):
    def new() -> str: ...
else:
    def new() -> bytes: ...
if sys.version_info < (3, 12):
    def gone_since() -> str: ...
if sys.version_info < (3, 8):
    def gone() -> str: ...
if sys.platform == "win32":
    def windows() -> str: ...
elif sys.platform != "darwin":
    def linux() -> str: ...
""")
    assert found == {name: {"returns": "builtins.str*"} for name in ("new", "gone_since", "linux")}


def test_method_of_which_nothing_is_known_hides_the_one_of_the_base() -> None:
    found = _callables("""
class Base:
    def run(self) -> str: ...
class Other(Base):
    def run(self): ...
    def more(self): ...
""")
    assert found == {"Base.run": {"returns": "builtins.str*"}, "Other.run": {}}


def test_attributes_and_values() -> None:
    found = _read(
        lib="""
from typing import Any
class Response: ...
class Client:
    response: Response
    names: list[str]
    anything: Any
    LIMIT: int
default: Client
NUMBER: int
Answer = Response
"""
    )["lib"]
    assert found["classes"]["Client"] == {
        "attributes": {
            "response": "lib.Response*",
            "names": "[builtins.str*]builtins.list*",
            "LIMIT": "builtins.int*",
        }
    }
    assert found["aliases"] == {"default": "lib.Client*", "Answer": "lib.Response"}


def test_type_aliases_are_followed_and_what_they_do_not_say_is_unknown() -> None:
    found = _read(
        lib__init="",
        lib_kinds="from typing import TypeAlias\nNames: TypeAlias = list[str]\nPath: TypeAlias = str | bytes",
        lib_use="from .kinds import Names, Path\ndef names() -> Names: ...\ndef path() -> Path: ...",
    )
    assert found["lib.use"]["callables"] == {"names": {"returns": "[builtins.str*]builtins.list*"}}


def test_source_says_what_it_returns_without_annotations() -> None:
    text = "class Client:\n    def __init__(self):\n        self.answer = Answer()\n    def ask(self):\n        return self.answer\n"
    text += "class Answer:\n    pass\ndef ask():\n    return Client().ask()\n"
    found = skeleton({"builtins": Source("b.pyi", _BUILTINS.encode()), "lib": Source("lib.py", text.encode())}, {})[
        "lib"
    ]
    assert found["callables"] == {"Client.ask": {"returns": "lib.Answer()"}, "ask": {"returns": "lib.Answer()"}}
