"""What is known of callees beside their bodies: entries of the knowledge base, decorators, overriding methods, and what a
method may be whose object is not known."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from ...engine.grouping import grouped
from ...engine.remember import remembered
from ..types.decorators import MANAGERS, matches
from ..types.entity import Entity
from . import arguments, knowledge
from .data import Call, Entry, FlowFacts
from .hierarchy import BASE
from .meanings import Meanings, Ways
from .raised import Place
from .rebound import Rebound

# Decorators that add nothing to what a function raises, by dotted name; a trailing dot is a prefix.
_PLAIN = (
    "abc.", "builtins.", "typing.", "typing_extensions.", "functools.lru_cache", "functools.cache", "functools.wraps",
    "functools.cached_property", "functools.total_ordering", "functools.partial",
    "warnings.deprecated", "deprecated.", "types.coroutine", "enum.", "dataclasses.", *MANAGERS,
    "fastapi.", "starlette.", "flask.", "pytest.", "override",
)  # fmt: skip
# arguments that a callable of the standard library calls before it returns
_HOOKS = ("object_hook", "object_pairs_hook", "parse_int", "parse_float", "parse_constant", "cls")
_CONSUMES: Mapping[str, tuple[str, ...]] = {
    "builtins.map": ("0",), "builtins.filter": ("0",), "builtins.sorted": ("key",), "builtins.min": ("key",),
    "builtins.max": ("key",), "builtins.list.sort": ("key",), "functools.reduce": ("0",), "itertools.groupby": ("1", "key"),
    "itertools.takewhile": ("0",), "itertools.dropwhile": ("0",), "itertools.starmap": ("0",), "itertools.filterfalse": ("0",),
    "heapq.nlargest": ("key",), "heapq.nsmallest": ("key",), "asyncio.to_thread": ("0",), "asyncio.threads.to_thread": ("0",),
    "anyio.to_thread.run_sync": ("0",), "starlette.concurrency.run_in_threadpool": ("0",),
    "fastapi.concurrency.run_in_threadpool": ("0",),
    "heapq.merge": ("key",), "bisect.bisect": ("key",), "bisect.bisect_left": ("key",), "bisect.bisect_right": ("key",),
    "bisect.insort": ("key",), "itertools.accumulate": ("1", "func"), "re.sub": (), "json.dumps": ("default", "cls"),
    "json.loads": _HOOKS, "json.load": _HOOKS, "json.dump": ("default", "cls"),
}  # fmt: skip
_BY_METHOD: Mapping[str, tuple[str, ...]] = {"run_in_executor": ("1",), "sort": ("key",)}
_MAKERS = ("declarative_base()", "namedtuple()", "NamedTuple()", "with_metaclass()")
# what is called so is rarely a dict
_SERVICE = re.compile(
    r"(client|session|redis|cache|db|database|http|https|api|store|storage|conn|connection|requests?|s3|bucket|repo|queue|queue_?\w*|registry)$",
    re.I,
)
_OBJECTS = (
    "builtins.object", "typing.TypedDict", "typing_extensions.TypedDict", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol", "abc.ABC", "builtins.type",
)  # fmt: skip
# methods that only builtins have, as code goes: a receiver of unknown type is taken to be one
_BUILTIN_ONLY = frozenset({
    "append", "appendleft", "extend", "insert", "sort", "reverse", "items", "keys", "values", "setdefault", "popitem", "fromkeys",
    "upper", "lower", "strip", "lstrip", "rstrip", "split", "rsplit", "splitlines", "join", "startswith", "endswith", "replace",
    "encode", "decode", "format", "title", "capitalize", "casefold", "zfill", "ljust", "rjust", "isdigit", "isalpha", "isalnum",
    "isspace", "isupper", "islower", "isnumeric", "isdecimal", "isidentifier", "partition", "rpartition", "removeprefix",
    "removesuffix", "translate", "difference", "intersection", "union", "symmetric_difference", "issubset", "issuperset",
    "discard", "hex", "swapcase", "most_common",
})  # fmt: skip
_KEYWORDS: Mapping[str, frozenset[str]] = {
    "encode": frozenset({"encoding", "errors"}), "decode": frozenset({"encoding", "errors"}), "sort": frozenset({"key", "reverse"}),
    "split": frozenset({"sep", "maxsplit"}), "rsplit": frozenset({"sep", "maxsplit"}), "splitlines": frozenset({"keepends"}),
    "replace": frozenset({"count"}), "hex": frozenset({"sep", "bytes_per_sep"}),
}  # fmt: skip
# the same of the standard library, by the classes that have them
_DATES, _PATHS = ("datetime.datetime", "datetime.date", "datetime.time"), ("pathlib.Path", "os.DirEntry")
_OF_CLASSES: Mapping[str, tuple[str, ...]] = {
    "total_seconds": ("datetime.timedelta",), "isoformat": _DATES, "strftime": _DATES, "timestamp": _DATES[:1],
    "astimezone": _DATES[:1], "groupdict": ("re.Match",), "is_dir": _PATHS, "is_file": _PATHS, "is_symlink": _PATHS,
    **dict.fromkeys(
        ("iterdir", "rglob", "read_text", "write_text", "read_bytes", "write_bytes", "expanduser", "with_suffix", "as_posix"),
        _PATHS[:1],
    ),
}  # fmt: skip
# texts, or None where there is none: a mistake of whoever takes that for one
_TEXTS = {"os.getenv()", "os.environ.get()", "os.environ[]", "builtins.input()"}
# what methods of texts give, whatever the text comes from
_OF_TEXT = re.compile(
    r"\.(?:(?:l|r)?strip|lower|upper|zfill|title|capitalize|casefold|removeprefix|removesuffix|sub|group)\(\)$"
    r"|\.(?:r?split|r?partition|splitlines|findall)\(\)\[:?\]$"
)
_WHOLE = {"builtins.int()", "builtins.int!", "builtins.str()", "builtins.str!", "builtins.bool()"}
_ONLY_ERRORS = (".exc", ".exceptions", ".errors")  # modules of libraries that have nothing but exceptions
_CONTAINERS = ("builtins.str", "builtins.bytes", "builtins.list", "builtins.dict", "builtins.set")
MANY = 12  # of more methods of one name nobody can say which is meant


class Callees:
    def __init__(self, files: Mapping[str, FlowFacts], types: Meanings, said: Mapping[str, Entry]) -> None:
        self.files = files
        self.types = types
        self.said = said
        self.rebound = Rebound(files, types, self.below)
        self.heirs: set[str] = set()  # the names of classes whose subclasses matter

    # ---- libraries -------------------------------------------------------------------------

    def entry(self, module: str, name: str) -> Entry | None:
        """What is known of what a library's callable raises; what the user says comes first."""
        return self.told.get((module, name)) or knowledge.entry(module, name)

    @cached_property
    def told(self) -> dict[Place, Entry]:
        """What the user says, by the callables that are meant, of libraries and of the project."""
        found = ((self.types.resolve(dotted, ""), entry) for dotted, entry in self.said.items())
        return {(e.module, e.name): entry for e, entry in found if e is not None}

    def said_of(self, type_path: str, module: str) -> Entry | None:
        """What the user says of a callable that is followed to no file and no library: `ledger.Client().post` as `ledger.Client.post`."""
        return self.said.get(re.sub(r"[*!]", "", self.types.canonical(type_path, module))) if self.said else None

    def narrowed(self, entity: Entity, entry: Entry, term: Call | None, path: str) -> dict[str, str]:
        """What an entry says, less what these arguments rule out."""
        if term is None or (entity.module, entity.name) in self.told:
            return dict(entry.raises)
        given = dict(term.given).get("0", "")
        first = self._builtin(given, path)
        if "*" in given and first in ("int", "bool"):
            first = ""  # an annotation is not sure enough to rule everything out
        out = arguments.ruled_out(f"{entity.module}.{entity.name}", term, first)
        return {cls: evidence for cls, evidence in entry.raises.items() if not out(cls)}

    def _builtin(self, type_path: str, path: str) -> str:
        """The builtin class that a value is of; "" for any other."""
        if type_path in _TEXTS:
            return "str"
        entity = self.types.resolve(type_path, path) if type_path else None
        if entity is None and _OF_TEXT.search(type_path):
            return "str"
        if self._texts_or_numbers(type_path, path):
            return "str"
        # of a variable or an attribute some values may be unknown
        sure = type_path[-1:] in (")", "*", "]", "!") and entity is not None
        return entity.name if sure and entity and entity.kind == "instance" and entity.module == "builtins" else ""

    def _texts_or_numbers(self, type_path: str, path: str) -> bool:
        """Whether a variable of a module is a text of the environment, or the whole number that is made of it."""
        name = type_path.removeprefix("~.")
        if path not in self.files or name in self.files[path].unseen:
            return False
        bound = self.files[path].types.variables.get(name, ())
        return not _TEXTS.isdisjoint(bound) and {*bound} <= _TEXTS | _WHOLE

    @staticmethod
    def is_stdlib(module: str) -> bool:
        return module.partition(".")[0] in sys.stdlib_module_names

    @staticmethod
    def consumes(dotted: str) -> bool:
        """Whether a callable does no more, as far as exceptions go, than call what it is given."""
        return dotted in _CONSUMES

    def consumed(self, term: Call, entity: Entity | None) -> tuple[str, ...]:
        """Which arguments a callee calls before it returns."""
        dotted = f"{entity.module}.{entity.name}" if entity is not None else term.path
        return _CONSUMES.get(dotted) or _CONSUMES.get(term.path) or _BY_METHOD.get(term.text.rpartition(".")[2], ())

    @remembered
    def called(self, type_path: str, module: str) -> Ways:
        """All that a call may call: where a name or an attribute may be several things, each of them."""
        ways = self.types.each(type_path, module)
        head, _, last = type_path.rpartition(".")
        owner = Entity("module", module) if head == "~" else None
        if head not in ("", "~") and last.isidentifier():
            owner = self.types.resolve(head, module)
        held = owner is not None and owner.kind in ("module", "class", "instance") and owner.module in self.files
        itself = any(w is not None and w.kind == "function" and w.name.rpartition(".")[2] == last for w in ways)
        if owner is not None and held and not itself:
            kind = owner.kind == "module"
            place = (owner.module, "") if kind else (owner.module, owner.name)
            if self.rebound.stored(owner.module, last if kind else f"{owner.name}.{last}", place, owner.exact):
                return (*ways, None)
        if owner is None or owner.kind != "instance" or owner.exact or owner.module not in self.files:
            return ways
        below = self.below((owner.module, owner.name))
        given = [place for place in below if last in self.types.class_facts(place).attributes]
        return (*ways, *(w for path, name in given for w in self.types.each(f"~.{name}().{last}", path)))

    # ---- functions of the project --------------------------------------------------------------

    def swallows(self, method: Entity) -> bool:
        """Whether an `__exit__` gives True, whatever happened, in each class that the manager may be of."""
        may_be = ((method.module, method.name), *self.overrides(method))
        return all(path in self.files and name in self.files[path].swallowing for path, name in may_be)

    @remembered
    def strange_base(self, cls: Place) -> str:
        """A base class that nobody can follow; "" where there is none."""
        for path, name in self.types.mro(cls):
            if path not in self.files:
                continue
            for base in self.types.class_facts((path, name)).bases:
                found = self.types.resolve(base, path) if base else None
                if found is None and base not in _OBJECTS and not self._made_plainly(base, path):
                    return base or "a base class"
        return ""

    def _made_plainly(self, base: str, path: str) -> bool:
        """Whether a base class comes from a call that is known to make a plain one."""
        paths = {base}
        for found in self.types.exports.find(base.replace("~.", ":"), path):
            if found.kind == "variable" and found.path in self.files:
                paths.update(self.files[found.path].types.variables.get(found.name, ()))
        return any(p.endswith(_MAKERS) for p in paths)

    @staticmethod
    def position(function: Entity, name: str) -> str:
        """The index of a parameter among the positional arguments of a call; "" for one by keyword only."""
        names = [p for p, _ in function.variants[0].params if not p.startswith("*")]
        return str(names.index(name) + function.unbound) if name in names else ""

    def is_abstract(self, method: Entity) -> bool:
        decorators = method.variants[0].decorators
        return any(d.endswith("abstractmethod") for d in decorators)

    def is_structural(self, method: Entity) -> bool:
        """Whether a method is asked of a protocol: any class may stand there, related or not."""
        cls = method.name.rpartition(".")[0]
        if method.owner != (method.module, cls) or method.module not in self.files:
            return False
        return any(
            base.endswith(("typing.Protocol", "typing_extensions.Protocol"))
            for base in self.types.class_facts(method.owner).bases
        )

    @remembered
    def overrides(self, method: Entity) -> tuple[Place, ...]:
        """The methods of known subclasses that may run in place of one."""
        owner = method.owner if method.owner[1] else ("", "")
        last = method.name.rpartition(".")[2]
        if method.exact or not owner[1] or last in ("__init__", "__new__"):
            return ()
        return tuple(
            (path, f"{name}.{last}")
            for path, name in self.below(owner)
            if last in self.files[path].types.classes[name].methods
        )

    def chains(self, cls: Place) -> tuple[Place, ...]:
        """A class and those below it: in each `super()` may lead elsewhere."""
        known = cls[0] in self.files and cls[1] in self.files[cls[0]].types.classes
        return (cls, *self.below(cls)) if known else ()

    @remembered
    def below(self, cls: Place) -> tuple[Place, ...]:
        """The known classes that inherit from one; others may stand in files that were not read."""
        found: dict[Place, None] = {}
        if cls[0] in self.files:
            self.heirs.add(cls[1].rpartition(".")[2])
        stack = [cls]
        while stack:
            current = stack.pop()
            for place in self._children.get(current[1].rpartition(".")[2], ()):
                if place not in found and place != cls and current in self.types.mro(place)[1:]:
                    found[place] = None
                    stack.append(place)
                    self.heirs.add(place[1].rpartition(".")[2])
        return tuple(found)

    @cached_property
    def _children(self) -> dict[str, list[Place]]:
        """Classes by the last name of each base."""
        return grouped(
            (re.split(r"[.()*!]", base.rstrip("()*!"))[-1], (path, name))
            for path, facts in self.types.product.items()  # a fake of a test says nothing of the product
            for name, cls in facts.classes.items()
            for base in cls.bases
            if base
        )

    @remembered
    def wrappers(self, decorator: str, module: str) -> tuple[Place, ...] | None:
        """The functions that a decorator puts in place of what it decorates; none where it leaves that as it is, None where
        nobody can say."""
        name = decorator.removesuffix("()")
        dotted = self.types.canonical(name, module)
        last = dotted.rpartition(".")[2]
        if (
            matches(dotted, _PLAIN)
            or last.endswith("property")
            or last in ("setter", "deleter", "getter", "overload")
        ):
            return ()
        entity = self.types.resolve(name, module)
        if entity is None or entity.kind != "function" or entity.module not in self.files:
            return None
        if entity.variants[0].wraps[decorator.endswith("()")] == "same":
            return ()
        returned = self.files[entity.module].returned
        given = returned.get(entity.name, ())
        if decorator.endswith("()"):
            given = tuple(each for factory in given for each in returned.get(factory, ()))
        return tuple((entity.module, each) for each in given) or None

    # ---- by name ---------------------------------------------------------------------------

    def by_name(self, term: Call, path: str) -> list[Entity] | None:
        """What a method may be whose object is of unknown type: those of builtins, where nothing else is called so in all
        likelihood, with those of the project; or those of the libraries that the file imports. None where nobody can say."""
        name = term.path.rpartition(".")[2] or term.text.rpartition(".")[2]
        if not name or "." not in term.text:
            return None
        own = self._methods.get(name, [])
        classes = () if term.awaited else _OF_CLASSES.get(name, ())
        plain = classes or name in _BUILTIN_ONLY or self._like_a_dict(name, term) or self._like_a_text(name, term)
        if plain and not self._of_something_else(name, term):
            found = [self.types.resolve(f"{cls}.{name}", "") for cls in classes or _CONTAINERS]
            if len(own) > MANY:
                return None
            found += [self._method(place) for place in own] if not self._like_a_dict(name, term) else []
            return [e for e in found if e is not None]
        if own or term.text.startswith("super()"):
            return None
        lent = self._lent(name, path)
        return lent if 0 < len(lent) <= MANY else None

    @staticmethod
    def _of_something_else(name: str, term: Call) -> bool:
        """Whether a method that builtins have is asked of what is none: of a name that an import brings and that is no
        constant (`idna.encode`), of what a class makes (`Token().decode`), or with keywords that builtins do not take."""
        head = term.path.rpartition(".")[0]
        receiver = term.text.rpartition(".")[0]
        imported = re.fullmatch(r"[\w.]+", term.path) and receiver.isidentifier() and not receiver.isupper()
        made = re.search(r"(?:^|[.~])_*[A-Z]\w*[a-z]\w*\(\)$", head) and not head.startswith("builtins.")
        strange = (
            {*term.keywords} - _KEYWORDS.get(name, frozenset()) if name in _BUILTIN_ONLY and name != "format" else ()
        )
        return bool(imported or made or strange)

    @staticmethod
    def _like_a_dict(name: str, term: Call) -> bool:
        """Whether `x.get("key")` or `x.pop("key", None)` asks a dict, by what it is given and by how x is called."""
        receiver = term.text.rpartition(".")[0].rpartition(".")[2]
        key = dict(term.given).get("0", "").startswith("builtins.str")
        plain = not term.awaited and not set(term.keywords) - {"default"} and 1 <= term.positional <= 2
        return name in ("get", "pop") and key and plain and not _SERVICE.search(receiver)

    @staticmethod
    def _like_a_text(name: str, term: Call) -> bool:
        """Whether `x.count("+")` asks a text or a list what it holds; x is no module."""
        given = dict(term.given).get("0", "") in ("builtins.str()", "builtins.str!")
        plain = given and term.positional == 1 and not term.awaited and not term.keywords
        return name in ("count", "find", "rfind") and plain and not re.fullmatch(r"[\w.]+", term.path)

    def _method(self, place: Place) -> Entity | None:
        path, name = place
        return self.types.resolve(f"~.{name}", path)

    def _exception(self, dotted: str, path: str) -> bool:
        """Whether an import brings the class of an exception."""
        found = self.types.resolve(dotted, path)
        return found is not None and found.kind == "class" and BASE in self.types.mro((found.module, found.name))

    @remembered
    def _lent(self, name: str, path: str) -> list[Entity]:
        """The methods of that name that the libraries have which a file imports."""
        table = self.files[path].types.table
        # an import of an exception lends no methods, be it `import sqlalchemy.exc`, which binds sqlalchemy
        named = [d for name, d in table.imports.items() if name != d and not self._exception(d, path)]
        stars = [star.lstrip("*?") for star in table.stars]
        dotted = (d for d in (*named, *stars, *table.modules) if not d.endswith(_ONLY_ERRORS))
        tops = {d.partition(".")[0] for d in dotted}
        tops = {top for top in tops if top in knowledge.libraries() and top not in sys.stdlib_module_names}
        found: dict[frozenset[str], Entity] = {}  # by what they raise: many that raise the same are one
        for module, qualname in (place for top in sorted(tops) for place in knowledge.methods(top, name)):
            entity = self.types.resolve(f"{module}.{qualname}", "")
            entry = self.entry(module, qualname)
            if entity is not None and entity.kind == "function" and entry is not None:
                found.setdefault(frozenset(entry.raises), replace(entity, unbound=False))
        return [*found.values()]

    @cached_property
    def _methods(self) -> dict[str, list[Place]]:
        return grouped(self._defined())

    def _defined(self) -> Iterator[tuple[str, Place]]:
        for path, facts in self.types.product.items():
            for name, cls in facts.classes.items():
                for method in cls.methods:
                    yield method, (path, f"{name}.{method}")
