"""What each deprecated typing name becomes, and from which Python on its successor works.

Two ways out: a *renamed* name is written otherwise (`Dict` → `dict`), a *moved* one keeps its
text and only its import changes (`typing.Callable` → `collections.abc.Callable`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ..engine.parsing import whole_words
from ..engine.values import Import

Version = tuple[int, int]


def words(text: str) -> tuple[str, ...]:
    """A long list of names, readable."""
    return tuple(text.split())


MODULES = ("typing", "typing_extensions")
PARTS = ("585", "604", "abc", "imports", "quotes")  # what --only takes


@dataclass(frozen=True)
class Successor:
    """Where a typing name went. `name` differs from the old one where the text must change."""

    module: str
    name: str
    part: str  # the --only word that asks for it


_SUCCESSORS = {  # by module and part: names, each with what it becomes where that is not the same
    ("builtins", "585"): "Dict:dict FrozenSet:frozenset List:list Set:set Tuple:tuple Type:type Text:str",
    ("collections", "585"): "Deque:deque DefaultDict:defaultdict",
    ("collections", "abc"): "ChainMap Counter OrderedDict",
    ("collections.abc", "abc"): "AbstractSet:Set AsyncGenerator AsyncIterable AsyncIterator Awaitable Callable "
    "Collection Container Coroutine Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView "
    "MutableMapping MutableSequence MutableSet Reversible Sequence Sized ValuesView",
    ("re", "abc"): "Match Pattern",
    ("contextlib", "abc"): "ContextManager:AbstractContextManager AsyncContextManager:AbstractAsyncContextManager",
}
SUCCESSORS = {
    old: Successor(module, new or old, part)
    for (module, part), names in _SUCCESSORS.items()
    for old, _, new in (name.partition(":") for name in words(names))
}
UNIONS = frozenset({"Optional", "Union"})
REPORTED = {
    "ByteString": "collections.abc.ByteString goes too: say what is meant, mostly bytes | bytearray | memoryview"
}
DEPRECATED = frozenset(SUCCESSORS) | UNIONS
WORDS = tuple(sorted(DEPRECATED | REPORTED.keys()))
# A moved name keeps its text. `Set as AbstractSet` also keeps the reader from taking it for the builtin.
MOVED = frozenset(n for n, s in SUCCESSORS.items() if s.name == n or n == "AbstractSet")
# Aliases of classes that can be called: `typing.Deque()` makes a deque.
CALLABLE_ALIASES = frozenset({"Deque", "DefaultDict", "OrderedDict", "Counter", "ChainMap"})
GENERICS_SINCE: Version = (3, 9)
UNIONS_SINCE: Version = (3, 10)  # and a Callable[P, R] of collections.abc
STRINGS_RESOLVE: Version = (3, 11)  # get_type_hints resolves the string in list["X"]

_EXTENSIONS: dict[Version, str] = {  # typing_extensions.X is typing.X from that Python on (checked on 3.9–3.13)
    (3, 9): "Annotated AnyStr BinaryIO ClassVar Final ForwardRef Generic IO NoReturn TYPE_CHECKING TextIO cast "
    "no_type_check no_type_check_decorator",
    (3, 10): "Literal ParamSpecArgs ParamSpecKwargs TypeAlias TypeGuard get_args get_origin",
    (3, 11): "Any Concatenate LiteralString Never NewType NotRequired Required Self assert_never assert_type "
    "clear_overloads final get_overloads overload reveal_type",
    (3, 12): "SupportsAbs SupportsBytes SupportsComplex SupportsFloat SupportsIndex SupportsInt SupportsRound "
    "Unpack dataclass_transform override",
    (3, 13): "NamedTuple NoDefault ParamSpec ReadOnly TypeIs TypeVar get_protocol_members get_type_hints is_protocol "
    "runtime_checkable",
}
EXTENSIONS: dict[str, Version] = {name: version for version, names in _EXTENSIONS.items() for name in words(names)}

# Wrappers whose argument may be a string of its own: quotes go inside them.
WRAPPERS = frozenset({"ClassVar", "Final", "Annotated", "Required", "NotRequired", "ReadOnly"})
# Strings between their brackets are no types, or not all.
DATA_HOLDERS = frozenset({"Literal", "Annotated"})
# How many arguments a form takes at least and at most, where that is not any number (typing's documentation, 3.9–3.14)
_ARITY = {
    (0, 0): "Text Hashable Sized",
    (
        1,
        1,
    ): "Optional ClassVar Final Required NotRequired ReadOnly TypeGuard TypeIs Unpack Type List Set FrozenSet Deque "
    "Counter AbstractSet AsyncIterable AsyncIterator Awaitable Collection Container Iterable Iterator KeysView "
    "MappingView Match MutableSequence MutableSet Pattern Reversible Sequence ValuesView",
    (1, 2): "AsyncContextManager AsyncGenerator ContextManager",
    (1, 3): "Generator",
    (2, 2): "Callable ChainMap DefaultDict Dict ItemsView Mapping MutableMapping OrderedDict",
    (3, 3): "Coroutine",
}
ARITY: dict[str, tuple[int, int]] = {name: numbers for numbers, names in _ARITY.items() for name in words(names)}
# What typing makes of a type and what accepts `|` on either side; a bare function is not among them.
FUNCTIONS = frozenset({"NamedTuple", "TypedDict", "NewType", "cast", "overload", "final", "no_type_check"})
TYPEVARS = frozenset({"TypeVar", "ParamSpec", "TypeVarTuple"})


_MULTIPROCESSING = (
    "Array Barrier BoundedSemaphore Condition Event JoinableQueue Lock Manager Pipe Pool Queue RLock RawArray "
    "RawValue Semaphore SimpleQueue Value"
)
# Names in CapWords that are functions, with the Python that made a class of them
KNOWN_FUNCTIONS: dict[str, Version | None] = {
    "threading.Lock": (3, 13),
    "threading.RLock": None,
    "tempfile.NamedTemporaryFile": None,
    "tempfile.TemporaryFile": None,
    "codecs.EncodedFile": None,
    "turtle.Screen": None,
    "multiprocessing.connection.Client": None,
    "xml.parsers.expat.ParserCreate": None,
    "xml.etree.ElementTree.SubElement": None,
    **{f"lxml.etree.{n}": None for n in words("Comment Element ElementTree Entity ProcessingInstruction SubElement")},
    **{f"multiprocessing.{n}": None for n in words(_MULTIPROCESSING)},
    **{f"multiprocessing.sharedctypes.{n}": None for n in ("Array", "Value", "RawArray", "RawValue")},
}

WORD = whole_words(WORDS)


def successor_import(name: str, alias: str = "") -> Import:
    """The import that a moved name gets instead; `alias` is the name it has in the file."""
    to = SUCCESSORS[name]
    return Import(to.module, to.name, alias if alias and alias != to.name else "")
