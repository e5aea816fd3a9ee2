"""What a part is called and what its docstring says: after its banner, the words that its definitions share, its class."""

from __future__ import annotations

import ast
import keyword
import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from .blocks import Block, inner_words

_MOST = 0.6  # of a part's lines or definitions: they stand for it
# words of banners and names that tell nothing of a part
_FILLER = frozenset({
    "a", "an", "the", "and", "or", "of", "for", "to", "in", "on", "at", "by", "with", "from", "into", "is", "are",
    "as", "its", "it", "this", "that", "these", "all", "other", "others", "more", "misc", "new", "get", "set",
    "make", "do", "has", "can", "be", "not", "no", "if", "main", "base", "common", "helper", "helpers", "util",
    "utils", "utility", "utilities", "function", "functions", "class", "classes", "definitions", "stuff", "things",
    "section", "part", "private", "public", "internal", "exported", "useful", "some", "various", "between",
    "supports", "old", "just", "miscellaneous", "related", "todo",
})  # fmt: skip
_KINDS = (
    ("errors", re.compile(r"(Error|Exception|Warning|Exit|Interrupt)$")),
    ("types", re.compile(r"(Type|Protocol|Alias|T|TypedDict|Literal|Like)$")),
)


def named(parts: Sequence[Sequence[Block]], hubs: Collection[int], taken: Collection[str]) -> list[tuple[str, str]]:
    """Name and docstring of each part. `hubs` are the numbers of parts that most others use. No private part is called as
    something that the module has."""
    words = [_weighed(part) for part in parts]
    spread = Counter(word for each in words for word in each)
    used: set[str] = set()
    found = []
    for number, part in enumerate(parts):
        common = {w: n * (1 + math.log(len(parts) / spread[w])) for w, n in words[number].items() if w not in _FILLER}
        name = ""
        for candidate in _candidates(part, common, number in hubs):
            name = _fitting(candidate)
            if name and name.strip("_") not in used and f"_{name.strip('_')}" not in taken:
                break
        else:
            name = next(f"{name or 'part'}_{n}" for n in range(2, 10_000) if f"{name or 'part'}_{n}" not in used)
        used.add(name.strip("_"))
        found.append((name, _doc(part, name)))
    return found


def _candidates(part: Sequence[Block], common: dict[str, float], hub: bool) -> Iterator[str]:
    """Names for a part, the best first."""
    largest = max(part, key=lambda p: p.lines)
    whole = sum(p.lines for p in part)
    if largest.lines > _MOST * whole and isinstance(largest.nodes[0], ast.ClassDef) and len(largest.groups) == 1:
        yield "_".join(inner_words(largest.names[0]))
    yield _telling(section_of(part))
    if largest.lines > _MOST * whole and len(largest.groups) > 4:
        yield "core"  # most of it need each other
    names = [name for block in part for name in block.names]
    for kind, pattern in _KINDS:
        if sum(bool(pattern.search(n)) and n[:1].strip("_").isupper() for n in names) > _MOST * len(names):
            yield kind
    if hub:
        yield "_types" if _is_types(part) else "_core"
    if all(isinstance(node, ast.Assign | ast.AnnAssign) for block in part for node in block.nodes):
        yield "types" if _is_types(part) else "constants"
    order = sorted(common, key=lambda w: (-common[w], w))
    for word in order[:1]:
        ends = sum(inner_words(n)[-1:] == [word] for n in names if n.strip("_")[:1].isupper())
        yield plural(word) if ends > 1 and ends > len(names) / 3 else word
    for first in order[:3]:
        for second in order[:3]:
            if first.rstrip("s") != second.rstrip("s"):
                yield f"{first}_{second}"
    yield from order[1:6]
    yield "_".join(inner_words(largest.names[0]))


def _weighed(part: Sequence[Block]) -> Counter[str]:
    """The words of a part's definitions: how many have each, large and public ones counting more."""
    found: Counter[str] = Counter()
    for block in part:
        for group in block.groups:
            size = 1 + math.log(1 + group.lines / max(1, len(group.names)))
            for name in group.names:
                for word in {*inner_words(name)}:
                    found[word] += round(size * (1 if name.startswith("_") else 2))
    return found


def section_of(part: Sequence[Block]) -> str:
    """The banner that most of a part stands below."""
    lines: Counter[str] = Counter()
    for block in part:
        lines[block.section] += block.lines
    title, most = lines.most_common(1)[0]
    return title if title and most > _MOST * lines.total() else ""


def _is_types(part: Sequence[Block]) -> bool:
    """Whether a part says what things are, and does little."""
    nodes = [node for block in part for node in block.nodes]
    kinds = [n for n in nodes if isinstance(n, ast.ClassDef | ast.Assign | ast.AnnAssign)]
    alias = [
        n for n in kinds if isinstance(n, ast.ClassDef) or isinstance(n.value, ast.Subscript | ast.BinOp | ast.Call)
    ]
    return len(kinds) > _MOST * len(nodes) and len(alias) > _MOST * len(kinds)


def _fitting(text: str) -> str:
    """A text as the name of a module: at most three words."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    name = ("_" if text.startswith("_") else "") + "_".join(words[:3])
    name = f"_{name}" if name[:1].isdigit() or keyword.iskeyword(name) else name
    return name if name.isidentifier() else ""


def plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es" if not word.endswith("s") else word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


def _doc(part: Sequence[Block], name: str) -> str:
    """What a class or function says of itself that is most of the part; the banner that gave the name; else what there is."""
    largest = max(part, key=lambda p: p.lines)
    node = largest.nodes[0]
    if largest.lines > _MOST * sum(p.lines for p in part) and isinstance(node, ast.ClassDef | ast.FunctionDef):
        paragraph = " ".join((ast.get_docstring(node) or "").strip().partition("\n\n")[0].split())
        first = re.split(r"(?<=[.!?])\s", paragraph)[0]
        if 10 < len(first) <= 100 and first.isprintable():
            return first if first.endswith((".", "!", "?")) else f"{first}."
    title = section_of(part)
    if title and name == _fitting(_telling(title)):
        return f"{title[0].upper()}{title[1:]}."
    shown = sorted(
        ((p.lines, n) for p in part for n in p.names), key=lambda each: (each[1].startswith("_"), -each[0])
    )
    words = {"_core": "what many parts use", "_types": "types that many parts use"}.get(
        name, name.replace("_", " ").strip()
    )
    names = [n for _, n in shown[:3]]
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    return f"{words[:1].upper()}{words[1:]}: {', '.join(names)}{more}."


def _telling(title: str) -> str:
    """The words of a banner that tell something."""
    return " ".join(w for w in re.findall(r"\w+", title) if w.lower() not in _FILLER and not w.isdigit())
