"""What one file's rewrite must know of the others, read from text without parsing.

Regular expressions over logical lines see a little too much (a string that looks like an import); each
such fact only makes the codemod more careful. Parsing every file a second time would cost more than
all the rest.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..base import Project
from ..facts.modules import Modules
from ..facts.python import lowest_python
from ..source import Source
from .names import MODULES, WORD, WORDS, Version, is_stdlib

_NAMES = "|".join(WORDS)
_FROM = re.compile(r"^[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|(?:[^\n;#\\]|\\\r?\n)*)", re.M)
_IMPORT_AS = re.compile(r"^[ \t]*import[ \t]+([\w.]+)[ \t]+as[ \t]+(\w+)", re.M)
_ITEM = re.compile(r"(\w+)(?:\s+as\s+(\w+))?")
_UNION = re.compile(r"\b(?:Optional|Union)\[")
_BRACKET = re.compile(r"[\[\]]")
_DOTTED = re.compile(r"[A-Za-z_][\w.]*")
# Names at module level that are no class: `Ctx = None`, `T = "X"`, `def Lock(): …`. In a nested suite only
# names in CapWords count, since a method or a local variable looks the same.
_ODD = re.compile(
    r"^(?:(?:async[ \t]+)?def[ \t]+(?P<function>\w+)|[ \t]+(?:async[ \t]+)?def[ \t]+(?P<inner>[A-Z]\w*)"
    r"|(?:[ \t]*(?P<cap>[A-Z]\w*)|(?P<low>\w+))[ \t]*(?::[^=\n]+)?=[ \t]*"
    r"(?P<value>None\b|[rbuRBU]{0,2}[\"']|lambda\b|-?\d|True\b|False\b|(?:\w+\.)*\w*Mock\w*\(|(?:\w+\.)*(?:TypeVar|ParamSpec|TypeVarTuple)\())",
    re.M,
)
_CLASS = re.compile(r"^[ \t]*class[ \t]+(\w+)[ \t]*(?:\(([^()]*)\))?[ \t]*:", re.M)
_OR = re.compile(r"\bdef[ \t]+__r?or__\b")
UNION_TEST = re.compile(
    r"(?:\bis(?:[ \t]+not)?|[!=]=|\bin)[ \t]+\(?(?:\w+,[ \t]*)*(?:\w+\.)?Union\b(?!\[)|\bUnion(?:,[ \t]*\w+)*\)?[ \t]+(?:is\b|==|in\b)"
    r"|\b_UnionGenericAlias\b|\b_name[ \t]*[!=]=[ \t]*[\"'](?:Optional|Union)[\"']"
    r"|startswith\([\"']typing\.(?:Optional|Union)|\bissubclass\([^,\n]+,[ \t]*(?:\w+\.)?Union\)"
)
# a regular expression or a replacement over the text of types: r"typing\.Union\[", .replace("typing.", "")
_TEXT_TEST = re.compile(r"\btyping\\\.\w+\\?\[|\breplace\([ \t]*[\"']typing\.")
_READS_SIGNATURES = re.compile(r"\bget_type_hints\(|\bsignature\(|\.__annotations__\b|\bgetfullargspec\(")
_READS_ARGUMENTS = re.compile(r"\bget_args\(|\.__args__\b")


# `from __future__ import annotations`, and a string where an annotation may have one: `: "X"`, `["X"]`
FUTURE = re.compile(r"^from[ \t]+__future__[ \t]+import[^\n#]*(?:\([^)]*)?\bannotations\b", re.M)
QUOTED = re.compile(r"(?:[:\[,|(]|->)[ \t]*[\"'][A-Za-z_(][\w.\[\], |()]*[\"']")


@dataclass(frozen=True)
class FileFacts:
    """What the text of one file says."""

    candidate: bool = False  # find has something to look at
    lends: frozenset[str] = frozenset()  # what it imports from typing itself
    imports: Mapping[str, str] = field(default_factory=dict)  # local name → "module name"
    wanted: tuple[str, ...] = ()  # dotted operands of unions whose first name is imported from the project
    odd: Mapping[str, str] = field(default_factory=dict)  # module-level name → what it is instead of a class
    pulls: tuple[tuple[str, str], ...] = ()  # (module, name) for typing names that other modules lend
    stars: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()  # typing names in the text, where a star import may bring them
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # class → bases and metaclass, as written
    or_classes: bool = False  # defines __or__ or __ror__
    union_test: int = 0  # line that asks whether a type is Union and does not know UnionType
    text_test: int = 0  # line that takes the text of types apart
    reads_signatures: bool = False
    reads_arguments: bool = False


def scan(file: Source) -> FileFacts:
    text = file.text
    imports: dict[str, str] = {}
    pulls: list[tuple[str, str]] = []
    stars: list[str] = []
    lends: set[str] = set()
    for match in _FROM.finditer(text):
        module = match[1]
        if module in MODULES:
            lends.update(i[2] or i[1] for i in _ITEM.finditer(match[2]) if WORD.fullmatch(i[1]))
            continue
        if is_stdlib(module) and not module.startswith("."):
            continue
        if match[2].strip() == "*":
            stars.append(module)
            continue
        body = re.sub(r"#[^\n]*", "", match[2]) if "#" in match[2] else match[2]
        for item in _ITEM.finditer(body):
            imports[item[2] or item[1]] = f"{module} {item[1]}"
            if WORD.fullmatch(item[1]):
                pulls.append((module, item[1]))
    for match in _IMPORT_AS.finditer(text):
        if not is_stdlib(match[1]):
            imports[match[2]] = f"{match[1]} "
    bases = {m[1]: m[2] or "" for m in _CLASS.finditer(text)}
    wanted = {d for d in _operands(text, bases) if d.partition(".")[0] in imports}
    if imports:
        pulls += _attributes(text, imports)
    spelled = _TEXT_TEST.search(text) if "typing" in text else None
    test = None if "UnionType" in text else UNION_TEST.search(text)
    return FileFacts(
        candidate(text, file.path),
        frozenset(lends),
        imports,
        tuple(sorted(wanted)),
        dict(_odd(text)),
        tuple(pulls),
        tuple(stars),
        frozenset(WORD.findall(text)) if stars else frozenset(),
        {name: tuple(_bases(text)) for name, text in bases.items()},
        _OR.search(text) is not None,
        file.line_of(test.start()) if test else 0,
        file.line_of(spelled.start()) if spelled else 0,
        _READS_SIGNATURES.search(text) is not None,
        _READS_ARGUMENTS.search(text) is not None,
    )


def candidate(text: str, path: str) -> bool:
    """Whether `find` has anything to look at."""
    if any(m in text for m in MODULES) and (WORD.search(text) or "typing_extensions" in text):
        return True
    return (path.endswith(".pyi") or FUTURE.search(text) is not None) and QUOTED.search(text) is not None


def _attributes(text: str, imports: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`compat.List`, where compat is a module of the project."""
    for match in re.finditer(rf"\b(\w+)\.({_NAMES})\b", text):
        if item := imports.get(match[1]):
            module, _, name = item.partition(" ")
            yield (module + ("" if module.endswith(".") else ".") + name if name else module), match[2]


def _odd(text: str) -> Iterator[tuple[str, str]]:
    for match in _ODD.finditer(text):
        if name := match["function"] or match["inner"]:
            yield name, "a function"
            continue
        value = match["value"]
        what = "a value"
        if value == "None":
            what = "None in some branch"
        elif value[-1] in "\"'":
            what = "a string"
        elif "Mock" in value:
            what = "a mock"
        elif value.endswith(("TypeVar(", "ParamSpec(", "TypeVarTuple(")):
            what = "typevar"
        yield match["cap"] or match["low"], what


def _operands(text: str, bases: Mapping[str, str]) -> Iterator[str]:
    """Dotted names inside unions and among the arguments of base classes."""
    for match in _UNION.finditer(text):
        depth = 1
        for bracket in _BRACKET.finditer(text, match.end()):
            depth += 1 if bracket[0] == "[" else -1
            if depth == 0:
                yield from _DOTTED.findall(text, match.end(), bracket.start())
                break
    for inner in bases.values():
        if "[" in inner:
            yield from _DOTTED.findall(inner)


def _bases(text: str) -> Iterator[str]:
    """Bases and metaclass without their arguments."""
    for part in re.sub(r"\[[^\]]*\]", "", text).split(","):
        name = part.rpartition("=")[2].strip()
        if name.replace(".", "").isidentifier():
            yield name


@dataclass(frozen=True)
class Share:
    """What `find` may know of the project for one file."""

    target: Version | None = None
    kept: frozenset[str] = frozenset()  # typing names that other modules take from this one
    lent: frozenset[str] = frozenset()  # typing names that this file takes from project modules
    odd: Mapping[str, str] = field(default_factory=dict)  # dotted operand as written → what it is
    or_classes: frozenset[str] = frozenset()  # operands as written whose metaclass defines |
    union_test: str = ""  # "path:line" of a test for Union that does not know `X | Y`
    text_test: str = ""  # "path:line" of code that takes the text of types apart
    tests_signatures: bool = False
    reads_arguments: bool = False  # the project looks into the arguments of types
    edits: tuple[tuple[int, int, int, int, str], ...] | None = None  # ruff's, None where it was not asked


class Facts:
    """The facts of the project; `share` gives each file its part."""

    def __init__(self, parts: Mapping[str, FileFacts], project: Project, target: Version | None) -> None:
        self.parts = parts
        self.project = project
        self.target = target
        self.modules = Modules(project)
        self.edits: dict[str, tuple[tuple[int, int, int, int, str], ...]] | None = None
        self.or_classes = self._or_classes()
        self.union_test, self.tests_signatures = self._introspection()
        self.text_test = next(
            (f"{p}:{f.text_test}" for p, f in sorted(parts.items()) if f.text_test and not is_test(p)), ""
        )
        self.reads_arguments = any(f.reads_arguments for p, f in parts.items() if not is_test(p))
        self.kept = self._kept()

    def share(self, path: str) -> Share:
        own = self.parts.get(path, FileFacts())
        odd = {d: what for d in own.wanted if (what := self._what(path, d))}
        return Share(
            self.target or target_of(self.project, path),
            frozenset(self.kept.get(path, ())),
            frozenset(name for module, name in own.pulls if self._lends(path, module, name)),
            odd,
            self._or_operands(path, own) if self.or_classes else frozenset(),
            self.union_test or (f"{path}:{own.union_test}" if own.union_test else ""),
            self.text_test,
            self.tests_signatures or (bool(own.union_test) and own.reads_signatures),
            self.reads_arguments,
            None if self.edits is None else self.edits.get(path, ()),
        )

    def _lends(self, path: str, module: str, name: str) -> bool:
        found = self.modules.path(module, path)
        return found is not None and name in self.parts.get(found, FileFacts()).lends

    # ---- operands ----------------------------------------------------------------------------

    def _what(self, path: str, name: str) -> str:
        """What a dotted operand is when it is no class, by its own module's text."""
        first, _, rest = name.partition(".")
        module, _, taken = self.parts[path].imports[first].partition(" ")
        if rest:
            inner = self.modules.path(f"{module}{'' if module.endswith('.') or not taken else '.'}{taken}", path)
            return self._odd(inner, rest.partition(".")[0], 4)
        return self._odd(self.modules.path(module, path), taken, 4)

    def _odd(self, path: str | None, name: str, depth: int) -> str:
        facts = self.parts.get(path) if path else None
        if facts is None or path is None or depth == 0:
            return ""
        if name in facts.odd:
            return facts.odd[name]
        if name in facts.imports:
            module, _, taken = facts.imports[name].partition(" ")
            return self._odd(self.modules.path(module, path), taken, depth - 1) if taken else ""
        return next((w for s in facts.stars if (w := self._odd(self.modules.path(s, path), name, depth - 1))), "")

    # ---- who takes typing names from whom ------------------------------------------------------

    def _kept(self) -> dict[str, set[str]]:
        kept: dict[str, set[str]] = {}
        for path, facts in self.parts.items():
            for module, name in facts.pulls:
                if found := self.modules.path(module, path):
                    kept.setdefault(found, set()).add(name)
            for module in facts.stars:
                if found := self.modules.path(module, path):
                    kept.setdefault(found, set()).update(facts.words)
        return kept

    # ---- metaclasses and introspection ---------------------------------------------------------

    def _or_classes(self) -> frozenset[tuple[str, str]]:
        """(path, class) for metaclasses that define `|` their own way, their classes and all subclasses."""
        found = {
            (path, name)
            for path, facts in self.parts.items()
            if facts.or_classes
            for name, bases in facts.bases.items()
            if any(b == "type" or b.endswith(("Meta", "Type")) for b in bases)
        }
        size = -1
        while found and size != len(found):
            size = len(found)
            found |= {
                (path, name)
                for path, facts in self.parts.items()
                for name, bases in facts.bases.items()
                if any(self._class(path, base, 4) in found for base in bases)
            }
        return frozenset(found)

    def _or_operands(self, path: str, own: FileFacts) -> frozenset[str]:
        names = (*own.wanted, *own.bases)
        return frozenset(n for n in names if self._class(path, n, 4) in self.or_classes)

    def _class(self, path: str | None, dotted: str, depth: int) -> tuple[str, str] | None:
        """The file and name of a project class, as a file that writes `dotted` sees it."""
        facts = self.parts.get(path) if path else None
        if facts is None or path is None or depth == 0:
            return None
        if dotted in facts.bases:
            return path, dotted
        first, _, rest = dotted.partition(".")
        if first in facts.imports:
            module, _, taken = facts.imports[first].partition(" ")
            if not rest:
                return self._class(self.modules.path(module, path), taken, depth - 1)
            glue = "" if module.endswith(".") or not taken else "."
            return self._class(self.modules.path(f"{module}{glue}{taken}", path), rest, depth - 1)
        return next(
            (c for s in facts.stars if (c := self._class(self.modules.path(s, path), dotted, depth - 1))), None
        )

    def _introspection(self) -> tuple[str, bool]:
        """A test for Union in product code, and whether what it is told can come from signatures."""
        tests = {p: f for p, f in sorted(self.parts.items()) if f.union_test and not is_test(p)}
        if not tests:
            return "", False
        path, facts = next(iter(tests.items()))
        near = [
            *tests.values(),
            *(f for p, f in self.parts.items() if not is_test(p) and self._imports_any(p, f, tests)),
        ]
        return f"{path}:{facts.union_test}", any(f.reads_signatures for f in near)

    def _imports_any(self, path: str, facts: FileFacts, tests: Mapping[str, FileFacts]) -> bool:
        for item in facts.imports.values():
            module, _, name = item.partition(" ")
            glue = "" if module.endswith(".") or not name else "."
            found = self.modules.split(f"{module}{glue}{name}", path)
            if found is not None and found[0] in tests:
                return True
        return False


def is_test(path: str) -> bool:
    """Whether a path is that of a test or its helper."""
    return "test" in path.rpartition("/")[2] or any(p in ("tests", "test", "testing") for p in path.split("/")[:-1])


def follow(parts: Mapping[str, FileFacts], project: Project) -> set[str]:
    """Modules that union operands come from, and the modules they get them from."""
    modules = Modules(project)
    found: set[str] = set()
    for path, facts in parts.items():
        taken = {w.partition(".")[0] for w in facts.wanted}
        names = taken or (facts.imports.keys() if path.endswith("__init__.py") else set())
        for name in names:
            module, _, item = facts.imports[name].partition(" ")
            inner = modules.split(f"{module}{'' if module.endswith('.') or not item else '.'}{item}", path)
            if inner:
                found.add(inner[0])
    return found


# ---- the lowest Python of a file ------------------------------------------------------------------


def target_of(project: Project, path: str) -> Version | None:
    """By requires-python or python_requires, else by the target version of ruff or black."""
    return lowest_python(project, path) or _formatter_target(project, path)


def _formatter_target(project: Project, path: str) -> Version | None:
    folder = path.rpartition("/")[0]
    while True:
        for name in ("ruff.toml", ".ruff.toml", "pyproject.toml"):
            if (text := project.texts.get(f"{folder}/{name}" if folder else name)) and (found := _from_tool(text)):
                return found
        if not folder:
            return None
        folder = folder.rpartition("/")[0]


@functools.lru_cache(maxsize=256)
def _from_tool(text: str) -> Version | None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    tool = data.get("tool", {})
    values = [data.get("target-version"), tool.get("ruff", {}).get("target-version")]
    values += tool.get("black", {}).get("target-version") or ()
    found = [int(m[1]) for v in values if isinstance(v, str) and (m := re.fullmatch(r"py3(\d+)", v))]
    return (3, min(found)) if found else None


def parse_target(value: str) -> Version | None:
    match = re.fullmatch(r"(?:py)?3\.?(\d+)", value.strip())
    return (3, int(match[1])) if match else None
