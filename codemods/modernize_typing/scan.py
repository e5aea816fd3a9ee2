"""What one file's text says of types, read without parsing.

Regular expressions over logical lines see a little too much (a string that looks like an import); each
such fact only makes the codemod more careful. Parsing every file a second time would cost more than
all the rest.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..engine.names import is_stdlib
from ..engine.parsing import whole_words
from ..engine.source import Source
from .mocked import SETTING, mocked
from .names import KNOWN_FUNCTIONS, MODULES, UNIONS, WORD, WORDS

_ATTRIBUTE = re.compile(r"\.(" + "|".join(WORDS) + r")\b")
_USED = re.compile(r"\.[\s\\]*(?:" + "|".join(WORDS) + r")\b")
# typing itself is bound to a name: `import typing as t`, `from compat import typing`, or a star may do it
_BOUND = re.compile(
    r"\bimport\b(?:[ \t]*\*|[^\n#]*\btyping(?:_extensions)?\b)|^[ \t(]+typing(?:_extensions)?(?:[ \t]+as\b|[ \t\r]*[,)#\n])",
    re.M,
)
_TYPING = re.compile(r"from[ \t]+typing(?:_extensions)?[ \t]+import\b")
_DOTTED_END = re.compile(r"\w+(?:\.\w+)*\Z")
# Each begins with the line's end before it: searching for `^` costs eight times more.
_FROM = re.compile(
    r"\n[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\((?:[^)#]|#[^\n]*+)*+\)|(?:[^\n;#\\]|\\\r?\n)*)"
)
_IMPORT = re.compile(r"\n[ \t]*import[ \t]+([\w., \t]+)")
_MODULE = re.compile(r"(\w+)([\w.]*)(?:[ \t]+as[ \t]+(\w+))?")
_COMMENT = re.compile(r"#[^\n]*")
_ITEM = re.compile(r"(\w+)(?:\s+as\s+(\w+))?")
_UNION = whole_words(UNIONS, r"\[")
_BRACKET = re.compile(r"[\[\]]")
_DOTTED = re.compile(r"[A-Za-z_][\w.]*")
_BAR = re.compile(r"\|(?!=)")
_BEFORE_BAR = re.compile(r"(?<![\w.])([A-Za-z_][\w.]*)(?:\[[^\[\]]*\])?[\s)\"']*\Z")
_AFTER_BAR = re.compile(r"[\s(\"']*([A-Za-z_][\w.]*)")
A_TYPE = "a type"
# Names at module level that are no class: `Ctx = None`, `T = "X"`, `def Lock(): …`. In a nested suite only
# names in CapWords count, since a method or a local variable looks the same.
_VALUE = (
    r"[ \t]*+(?::[^=\n]++)?=[ \t]*+(?P<%s>None\b|[rbuRBU]{0,2}[\"']|lambda\b|-?\d|True\b|False\b|(?:"
    + "|".join(map(re.escape, KNOWN_FUNCTIONS))
    + r")(?![\w.(])|(?:\w+\.)*\w*Mock\w*\(|(?:\w+\.)*(?:(?:TypeVar|ParamSpec|TypeVarTuple)\(|(?:"
    + "|".join(WORDS)
    + r")\[))"
)
_ODD = re.compile(
    rf"\n(?:(?:async[ \t]+)?def[ \t]+(?P<function>\w+)|(?P<name>\w++){_VALUE % 'value'}"
    rf"|[ \t]++(?:(?:async[ \t]+)?def[ \t]+(?P<inner>[A-Z]\w*)|(?P<cap>[A-Z]\w*+){_VALUE % 'nested'}))"
)
_WHAT = (  # what a name is that is bound to such a value
    ("None", "None in some branch"),
    (r".*[\"']", "a string"),
    (".*Mock.*", "a mock"),
    (r".*\[", A_TYPE),
    (r".*(?:TypeVar|ParamSpec|TypeVarTuple)\(", "typevar"),
    (".*", "a value"),
)
_ODD_LOOKS = re.compile(r"_*(?:[a-z]\w*|[A-Z0-9_]+)")  # as of a function or a constant
_CLASS = re.compile(r"\n[ \t]*class[ \t]+(\w+)[ \t]*(?:\(([^()]*)\))?[ \t]*:")
_GENERIC = re.compile(
    rf"\n(\w+)[ \t]*(?::[^=\n]*)?=[ \t]*(?:\w+\.)?(?:{'|'.join(WORDS)})\["
    r"(?:[^\]\n]|\n[ \t])*?\b(?:_?[A-Z]\d?|_?[A-Z]\w*T|\w+_co(?:ntra)?|AnyStr)\b"
)
_FILLED = re.compile(r"([A-Z](?<!\w.)\w*+)\[(?:[^\[\]\"']*,)?\s*[\"'][A-Za-z_]")
_ASSIGNED = re.compile(r"([A-Z](?<!\w.)\w*+)[ \t]*+(?::[^=\n]*+)?=(?!=)")
_NO_ALIASES = frozenset({*WORDS, "Annotated", "ClassVar", "Final", "Generic", "Literal"})
_OR = re.compile(r"\bdef[ \t]+__r?or__\b")
_BARE_UNION = whole_words(("Union",), r"\b(?!\[)")
UNION_TEST = re.compile(
    r"(?:\bis(?:[ \t]+not)?|[!=]=|\bin)[ \t]+\(?(?:\w+,[ \t]*)*(?:\w+\.)?Union\b(?!\[)|\bUnion(?:,[ \t]*\w+)*\)?[ \t]+(?:is\b|==|in\b)"
    r"|\bissubclass\([^,\n]+,[ \t]*(?:\w+\.)?Union\)"
)
_UNION_TEXT = re.compile(
    r"_UnionGenericAlias\b|_name[ \t]*[!=]=[ \t]*[\"'](?:Optional|Union)[\"']|startswith\([\"']typing\.(?:Optional|Union)"
)
# a regular expression or a replacement over the text of types: r"typing\.Union\[", .replace("typing.", "")
_TEXT_TEST = re.compile(r"\btyping\\\.\w+\\?\[|\breplace\([ \t]*[\"']typing\.")
# setattr(locals()[name], "__module__", "package") for every name in __all__
_ADORNS = re.compile(r"\bsetattr\([^\n]*[\"']__module__[\"']")
_NAMESPACE = re.compile(r"\b(?:locals|globals|vars)\(")
_DECORATED = re.compile(r"\n((?:@[^\n]*\n)+)class[ \t]+(\w+)")
_DECORATOR = re.compile(r"@[ \t]*([\w.]+)[ \t]*(\()?")
_RETURN = re.compile(r"\n([ \t]*+)(?:(?:async[ \t]+)?(def|class)[ \t]+(\w+)|return[ \t]+(\w++)[ \t]*+(?=[\r\n#]|\Z))")

CACHES = frozenset(
    {"cache", "lru_cache", "lru_cache()", "functools.cache", "functools.lru_cache", "functools.lru_cache()"}
)
_READS_SIGNATURES = ("get_type_hints(", "signature(", ".__annotations__", "getfullargspec(")
_READS_ARGUMENTS = ("get_args(", ".__args__")


_FUNCTION_MODULES = frozenset(name.rpartition(".")[0] for name in KNOWN_FUNCTIONS)
# `from __future__ import annotations`
_FUTURE = re.compile(r"^from[ \t]+__future__[ \t]+import[^\n#]*(?:\([^)]*)?\bannotations\b", re.M)
_STRING = r"[\"'][A-Za-z_(][\w.\[\], |()]*[\"']"
# What may stand between the beginning of an annotation and the first string in it
_BEFORE = (
    r"(?:[.)\] \t]++|Literal\[[^\]\[]*+\]|\w++(?=[ \t]*[.\[\](),|\r\n\\]|[\"'])"
    r"|[\[(,|][ \t]*+(?:(?:#[^\n]*+)?\r?\n[ \t]*+)*+|\\\r?\n|\r?\n[ \t]*+[,|)\]])*+"
)
_QUOTED = re.compile(rf"(?::(?<![\"'].)(?<![\"'] .)|->){_BEFORE}{_STRING}")
_QUOTED_ALIAS = re.compile(rf"^[ \t]*type[ \t]+\w[^\n=]*={_BEFORE}{_STRING}", re.M)
_QUOTED_IN_STUB = re.compile(rf"(?:[:\[,|(]|->)[ \t]*{_STRING}")
# A comment or a string
_TEXT = re.compile(
    r"#[^\n]*"
    r'|"(?:""(?:[^"\\]++|\\.|"(?!""))*+"""|(?:[^"\\\n]++|\\.)*+")'
    r"|'(?:''(?:[^'\\]++|\\.|'(?!''))*+'''|(?:[^'\\\n]++|\\.)*+')",
    re.S,
)


@dataclass(frozen=True)
class FileFacts:
    """What the text of one file says."""

    candidate: bool = False  # find has something to look at
    lends: frozenset[str] = frozenset()  # what it imports from typing itself
    imports: Mapping[str, str] = field(default_factory=dict)  # local name → "module name"
    wanted: tuple[str, ...] = ()  # dotted operands of unions whose first name is imported from the project
    odd: Mapping[str, str] = field(default_factory=dict)  # module-level name → what it is, other than it looks
    pulls: tuple[tuple[str, str], ...] = ()  # (module, name) for typing names that other modules lend
    stars: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()  # typing names in the text, where a star import may bring them
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # class → bases and "=metaclass", as written
    or_classes: bool = False  # defines __or__ or __ror__
    union_test: int = 0  # line that asks whether a type is Union and does not know UnionType
    text_test: int = 0  # line that takes the text of types apart
    reads_signatures: bool = False
    reads_arguments: bool = False
    generic: tuple[str, ...] = ()  # aliases with type variables: `Rows = List[T]`
    filled: frozenset[str] = frozenset()  # names in CapWords with a string between their brackets: `Rows["Node"]`
    assigned: frozenset[str] = frozenset()  # names in CapWords that it may bind to a value: `Rows = List[T]`
    mocks: frozenset[str] = frozenset()  # a conf.py of Sphinx: the packages that the documentation mocks
    adorns: int = 0  # line that sets __module__ of whatever the module holds
    decorated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # class → decorators, as written
    wrappers: frozenset[str] = frozenset()  # decorators that give back a function of their own

    def modules(self) -> Iterator[str]:
        """The modules that it imports from."""
        yield from (item.partition(" ")[0] for item in self.imports.values())
        yield from self.stars


def scan(file: Source, quotes: bool) -> FileFacts:
    text = "\n" + file.text
    imports: dict[str, str] = {}
    pulls: list[tuple[str, str]] = []
    stars: list[str] = []
    lends: set[str] = set()
    odd: dict[str, str] = {}  # at first functions of the standard library that look like classes
    statements = 0  # `from typing import …`
    for match in _FROM.finditer(text):
        module = match[1]
        if module not in MODULES and is_stdlib(module) and not module.startswith("."):
            for item in _ITEM.finditer(match[2]) if module in _FUNCTION_MODULES else ():
                if (dotted := f"{module}.{item[1]}") in KNOWN_FUNCTIONS:
                    odd[item[2] or item[1]] = dotted
            continue
        body = _COMMENT.sub("", match[2]) if "#" in match[2] else match[2]
        if module in MODULES:
            statements += 1
            lends.update(i[2] or i[1] for i in _ITEM.finditer(body) if WORD.fullmatch(i[1]))
            lends.update(WORD.findall(text) if body.strip() == "*" else ())
        elif body.strip() == "*":
            stars.append(module)
        else:
            for item in _ITEM.finditer(body):
                imports[item[2] or item[1]] = f"{module} {item[1]}"
                if WORD.fullmatch(item[1]):
                    pulls.append((module, item[1]))
    if len(_TYPING.findall(text)) > statements:  # after a semicolon, or in a string
        lends.update(WORD.findall(text))
    for match in _IMPORT.finditer(text):
        for first, rest, alias in _MODULE.findall(match[1]):
            if not is_stdlib(first) and (alias or first not in imports):
                imports[alias or first] = f"{first}{rest if alias else ''} "
    bases: dict[str, str] = {}
    for match in _CLASS.finditer(text):
        bases[match[1]] = match[2] or ""
        if text.startswith("class", match.start() + 1) and _ODD_LOOKS.fullmatch(match[1]):
            odd.setdefault(match[1], A_TYPE)
    for name, what in _odd(text):
        if what != A_TYPE or (name not in odd and _ODD_LOOKS.fullmatch(name)):
            odd[name] = what
    wanted = {d for d in _operands(text, bases) if d.partition(".")[0] in imports}
    if imports:
        pulls += _attributes(text, imports)
    spelled = _TEXT_TEST.search(text) if "typing\\." in text or ("typing." in text and "replace(" in text) else None
    adorned = _ADORNS.search(text) if "__module__" in text and _NAMESPACE.search(text) else None
    return FileFacts(
        candidate(text, file.path, bool(lends or pulls), quotes),
        frozenset(lends),
        imports,
        tuple(sorted(wanted)),
        odd,
        tuple(pulls),
        tuple(stars),
        frozenset(WORD.findall(text)) if stars else frozenset(),
        {name: tuple(_bases(text)) for name, text in bases.items()},
        "or__" in text and _OR.search(text) is not None,
        union_test(file),
        file.line_of(spelled.start() - 1) if spelled else 0,
        any(word in text for word in _READS_SIGNATURES),
        any(word in text for word in _READS_ARGUMENTS),
        tuple(_GENERIC.findall(text)) if "TypeVar" in text or "AnyStr" in text else (),
        frozenset(_FILLED.findall(text)) - _NO_ALIASES,
        frozenset(_ASSIGNED.findall(text) if "typing" in text else ()),
        mocked(file) if SETTING in text and file.path.rpartition("/")[2] == "conf.py" else frozenset(),
        file.line_of(adorned.start() - 1) if adorned else 0,
        decorated(text),
        wrappers(text),
    )


SUBMODULE = re.compile(r"^[ \t]*(?:from|import)[ \t]+typing\.(?:io|re)\b", re.M)


def candidate(text: str, path: str, named: bool, quotes: bool) -> bool:
    """Whether `find` has anything to look at. `named`: a deprecated name is imported from somewhere; `quotes`: those
    that nothing needs are looked for too."""
    if "typing_extensions" in text or (named and "typing" in text):
        return True
    if "typing" in text and _USED.search(text) and _BOUND.search(text):
        return True
    if ("typing.re" in text or "typing.io" in text) and SUBMODULE.search(text):
        return True
    return quotes and (path.endswith(".pyi") or has_future(text)) and any(quoted(text, path))


def quoted(text: str, path: str) -> Iterator[int]:
    """Where strings end that may be annotations or parts of one, the first of each, where nothing evaluates these."""
    if path.endswith(".pyi"):
        yield from (m.end() for m in _QUOTED_IN_STUB.finditer(text))
        return
    found = [m.span() for m in _QUOTED.finditer(text)]
    if "type " in text:
        found += [m.span() for m in _QUOTED_ALIAS.finditer(text)]
    texts = [m.span() for m in _TEXT.finditer(text)] if found else []
    for start, end in found:
        index = bisect.bisect_right(texts, (start, len(text))) - 1
        if index < 0 or texts[index][1] <= start:
            yield end


def has_future(text: str) -> bool:
    """Whether nothing evaluates the annotations of a module."""
    return "__future__" in text and _FUTURE.search(text) is not None


def union_test(file: Source) -> int:
    """The line that asks whether a type is Union and knows nothing of UnionType; 0 where none does."""
    text = file.text
    if "UnionType" in text:
        return 0
    for match in _BARE_UNION.finditer(text):
        line = file.line_of(match.start())
        if UNION_TEST.search(file.line(line)):
            return line
    if not any(word in text for word in ("_UnionGenericAlias", "_name", "startswith(")):
        return 0
    found = _UNION_TEXT.search(text)
    return file.line_of(found.start()) if found else 0


def _attributes(text: str, imports: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`compat.List` and `app.compat.List`, where compat may be a module of the project."""
    for match in _ATTRIBUTE.finditer(text):
        base = _DOTTED_END.search(text, max(0, match.start() - 100), match.start())
        if base and (full := full_name(imports, base[0])):
            yield full, match[1]


def full_name(imports: Mapping[str, str], written: str) -> str:
    """The dotted name, by modules, of what a file writes as `written`; "" where it is not imported."""
    first, _, rest = written.partition(".")
    if first not in imports:
        return ""
    module, _, name = imports[first].partition(" ")
    full = module + ("" if module.endswith(".") else ".") + name if name else module
    return f"{full}.{rest}" if rest else full


def _odd(text: str) -> Iterator[tuple[str, str]]:
    for match in _ODD.finditer(text):
        if name := match["function"] or match["inner"]:
            yield name, "a function"
        else:
            value = match["value"] or match["nested"]
            known = value if value in KNOWN_FUNCTIONS else ""
            what = known or next(what for says, what in _WHAT if re.fullmatch(says, value))
            yield match["name"] or match["cap"], what


def _operands(text: str, bases: Mapping[str, str]) -> Iterator[str]:
    """Dotted names inside unions, beside a bar and among the arguments of base classes."""
    unions = _UNION.finditer(text) if any(f"{name}[" in text for name in UNIONS) else ()
    for match in unions:
        depth = 1
        for bracket in _BRACKET.finditer(text, match.end()):
            depth += 1 if bracket[0] == "[" else -1
            if depth == 0:
                yield from _DOTTED.findall(text, match.end(), bracket.start())
                break
    for inner in bases.values():
        if "[" in inner:
            yield from _DOTTED.findall(inner)
    for bar in _BAR.finditer(text):
        if found := _BEFORE_BAR.search(text, max(0, bar.start() - 100), bar.start()):
            yield found[1]
        if found := _AFTER_BAR.match(text, bar.end()):
            yield found[1]


def _bases(text: str) -> Iterator[str]:
    """Bases without their arguments, and the metaclass behind a "="."""
    for part in re.sub(r"\[[^\]]*\]", "", text).split(","):
        _, sign, name = part.rpartition("=")
        if name.strip().replace(".", "").isidentifier():
            yield sign + name.strip()


# ---- classes that a decorator turns into functions ---------------------------------------------------

# `@singleton class Config` leaves nothing that takes `|`. A decorator counts where it is a function at module level that
# gives back one of its own, or functools' cache; one that may do either (`return wrap if cls is None else wrap(cls)`) does
# not.


def decorated(text: str) -> Mapping[str, tuple[str, ...]]:
    """Class at module level → its decorators as written, "()" behind those that are called."""
    if "\n@" not in text or "\nclass" not in text:
        return {}
    return {
        m[2]: tuple(n + ("()" if c else "") for n, c in _DECORATOR.findall(m[1])) for m in _DECORATED.finditer(text)
    }


def wrappers(text: str) -> frozenset[str]:
    """Functions at module level that give back one of their own: "f" when it is the first call that does, "f()" the second."""
    if "\ndef" not in text:
        return frozenset()
    found: set[str] = set()
    inside: list[tuple[str, str, set[tuple[str, str]]]] = []  # indentation, "def name", functions in its body
    for indent, kind, name, returned in _RETURN.findall(text):
        while inside and len(inside[-1][0]) >= len(indent):
            inside.pop()
        if returned:
            owners = [owner for _, owner, _ in inside]
            is_own = bool(inside) and (indent, returned) in inside[-1][2]
            if is_own and len(owners) <= 2 and all(o.startswith("def ") for o in owners) and not inside[0][0]:
                found.add(owners[0].removeprefix("def ") + "()" * (len(owners) - 1))
            continue
        if inside and kind == "def":
            inside[-1][2].add((indent, name))
        inside.append((indent, f"{kind} {name}", set()))
    return frozenset(found)
