"""The line of a docstring that tells of a parameter, in the style of those that are there: Google, NumPy, reST, Epytext."""

from __future__ import annotations

import re

from ..engine.source import Definition, Source, is_docstring
from ..engine.values import Edit

_FIELD = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>[:@])(?P<word>param|parameter|arg|argument|key|keyword)[ \t]+(?P<type>[^:\n]*?[ \t]+)?(?P<name>\*{0,2}\w+)[ \t]*:"
)
_FIELD_TYPE = re.compile(r"[ \t]*[:@]type[ \t]+\*{0,2}\w+[ \t]*:")
_GOOGLE = re.compile(r"[ \t]*(?:Args|Arguments|Parameters|Params)[ \t]*:[ \t]*")
_NUMPY = re.compile(r"[ \t]*(?:Parameters|Other Parameters)[ \t]*")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<name>\*{0,2}\w+)(?P<type>[ \t]*\([^)]*\))?[ \t]*:")


def told(file: Source, node: Definition, name: str, annotation: str, default: str, doc: str) -> Edit | None:
    """The edit that tells of a parameter; None where the docstring tells of none, or of this one already."""
    first = node.body[0]
    if not is_docstring(node, first):
        return None
    lines = range(first.lineno, (first.end_lineno or first.lineno) + 1)
    texts = [file.line(n).rstrip("\r\n") for n in lines]
    if re.search(r"\\|\"\"\"|'''", annotation + default + doc):
        return None  # it would mean something else in a text
    found = _fields(texts, name, annotation, default, doc) or _sections(texts, name, annotation, default, doc)
    if found is None:
        return None
    index, new = found
    at = file.line_end(lines[index])
    return file.replace((at, at), "".join(f"{line}{file.newline}" for line in new))


def _fields(texts: list[str], name: str, annotation: str, default: str, doc: str) -> tuple[int, list[str]] | None:
    """`:param name:` behind the last of these fields."""
    fields = [(n, m) for n, text in enumerate(texts) if (m := _FIELD.match(text))]
    if not fields or any(m["name"].lstrip("*") == name for _, m in fields):
        return None
    index, last = fields[-1]
    indent, mark = last["indent"], last["mark"]
    end = index
    while end + 1 < len(texts) - 1 and _goes_on(texts[end + 1], indent):
        end += 1
    typed = bool(last["type"]) and annotation and " " not in annotation
    text = doc or (f"defaults to {default}" if default else "")
    new = [f"{indent}{mark}{last['word']} {annotation + ' ' if typed else ''}{name}: {text}".rstrip()]
    if annotation and any(_FIELD_TYPE.match(text) for text in texts):
        new.append(f"{indent}{mark}type {name}: {annotation}")
    return end, new


def _goes_on(text: str, indent: str) -> bool:
    """Whether a line belongs to the field above: deeper, or the type of it."""
    if _FIELD_TYPE.match(text):
        return True
    return bool(text.strip()) and text.startswith(indent) and text[len(indent) :][:1] in (" ", "\t")


def _sections(texts: list[str], name: str, annotation: str, default: str, doc: str) -> tuple[int, list[str]] | None:
    """A line at the end of the section of parameters."""
    for index, text in enumerate(texts[:-1]):
        under = texts[index + 1]
        if _NUMPY.fullmatch(text) and re.fullmatch(r"[ \t]*-{3,}[ \t]*", under):
            return _numpy(texts, index + 2, name, annotation, default, doc)
        if _GOOGLE.fullmatch(text):
            return _google(texts, index, name, annotation, default, doc)
    return None


def _numpy(
    texts: list[str], start: int, name: str, annotation: str, default: str, doc: str
) -> tuple[int, list[str]] | None:
    margin = re.match(r"[ \t]*", texts[start - 1])[0]  # type: ignore[index]
    end, inner = start - 1, f"{margin}    "
    for index in range(start, len(texts)):
        text = texts[index]
        is_section = index + 1 < len(texts) and re.fullmatch(r"[ \t]*[-=]{3,}[ \t]*", texts[index + 1])
        if is_section or (index == len(texts) - 1 and re.search(r"(\"\"\"|''')", text)):
            break
        if text.strip():
            item = re.match(r"(?:\*{0,2}\w+)(?:, *\*{0,2}\w+)*(?= *:| *$)", text[len(margin) :])
            if text.startswith(margin) and item and name in re.findall(r"\w+", item[0]):
                return None
            if text.startswith(margin) and text[len(margin) : len(margin) + 1] in (" ", "\t"):
                inner = re.match(r"[ \t]*", text)[0]  # type: ignore[index]
            end = index
    if end < start:
        return None
    typed = f" : {annotation}{', ' if default else ''}" if annotation else " : " if default else ""
    head = f"{margin}{name}{typed}{'default ' + default if default else ''}"
    return end, [head, *([f"{inner}{doc}"] if doc else [])]


def _google(
    texts: list[str], start: int, name: str, annotation: str, default: str, doc: str
) -> tuple[int, list[str]] | None:
    margin = re.match(r"[ \t]*", texts[start])[0]  # type: ignore[index]
    items: list[re.Match[str]] = []
    end = start
    for index in range(start + 1, len(texts)):
        text = texts[index]
        deeper = text.startswith(margin) and text[len(margin) :][:1] in (" ", "\t")
        if text.strip() and (not deeper or text.strip() in ('"""', "'''")):
            break
        if not text.strip():
            continue
        if (item := _ITEM.match(text)) and (not items or item["indent"] == items[0]["indent"]):
            items.append(item)
        end = index
    if not items or any(i["name"].lstrip("*") == name for i in items) or re.search(r"\"\"\"|'''", texts[end]):
        return None
    typed = f" ({annotation})" if annotation and any(i["type"] for i in items) else ""
    text = doc or (f"Defaults to {default}." if default else "")
    return end, [f"{items[0]['indent']}{name}{typed}: {text}".rstrip()]
