"""Register a marker in a pytest configuration: a minimal text edit, checked by reading the result again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename

from ..engine.values import Edit
from ..facts.suite.config import read
from ..facts.suite.settings import PytestConfig

_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.S)
_TOKEN = re.compile(_STRING.pattern + r"|\#[^\n]*|[\[\]{}\n]", re.S)
_BY_HOOK = re.compile(r"""["']markers["']\s*,\s*["'](\w+)""")
_TABLES = {
    "pytest.toml": ("pytest",),
    ".pytest.toml": ("pytest",),
    "pyproject.toml": ("tool.pytest.ini_options", "tool.pytest"),
}


def register(config: PytestConfig, text: str, line: str) -> Edit | None:
    """An edit that adds one line ("slow: takes long") to `markers`; None where that is not plain to see."""
    name = basename(config.path)
    newline = "\r\n" if "\r\n" in text else "\n"
    if name in _TABLES or name.endswith(".toml"):
        found = _toml(text, _TABLES.get(name, ("pytest",)), line, newline)
    else:
        found = _ini(text, "tool:pytest" if name == "setup.cfg" else "pytest", line, newline)
    if found is None:
        return None
    start, new = found
    after = read(config.path, text[:start] + new + text[start:])
    if after is None or after.error or after != replace(config, markers=after.markers):
        return None
    if sorted(after.markers) != sorted((*config.markers, line)):
        return None
    return Edit(config.path, start, start, new)


# ---- ini -----------------------------------------------------------------------------------


def _ini(text: str, section: str, line: str, newline: str) -> tuple[int, str] | None:
    """Where the line goes in an ini file, and the text that puts it there."""
    inside, key, last, indent = False, "", 0, ""
    end = found = 0  # where the section ends, where the markers end
    for match in re.finditer(r"[^\n]*\n|[^\n]+", text):
        raw, stripped = match[0], match[0].strip()
        if not stripped or stripped[0] in "#;":
            continue
        if raw.startswith("["):
            inside, key = re.split("[#;]", stripped)[0].rstrip() == f"[{section}]", ""
        elif not raw[0].isspace():
            key = re.split("[=:]", raw, maxsplit=1)[0].strip()
        last = match.end()
        if inside:
            end = last
            if key == "markers":
                found = last
                indent = raw[: len(raw) - len(raw.lstrip())] or indent
    at = found or end
    if not at:
        header = f"[{section}]{newline}markers ={newline}    {line}{newline}"
        return len(text), header if not text.strip() else f"{newline}{header}"
    before = "" if text[:at].endswith(("\n", "\r")) else newline
    new = f"{indent or '    '}{line}{newline}" if found else f"markers ={newline}    {line}{newline}"
    return at, before + new


# ---- toml ----------------------------------------------------------------------------------


def _toml(text: str, tables: tuple[str, ...], line: str, newline: str) -> tuple[int, str] | None:
    quoted = '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'
    statements = list(_statements(text))
    inside = False
    last = 0
    for start, end in statements:
        statement = text[start:end]
        if statement.startswith("["):
            head = re.match(r"\[\s*([^\[\]]+?)\s*\]", statement)
            if inside:
                break
            inside = head is not None and re.sub(r"\s*\.\s*", ".", head[1]) in tables
        elif inside and (match := re.match(r"markers\s*=\s*", statement)):
            return _in_value(text, start + match.end(), end, line, quoted, newline)
        if inside:
            last = end
    if last:
        ended = text[:last].endswith("\n")
        return last, f"markers = [{quoted}]{newline}" if ended else f"{newline}markers = [{quoted}]"
    if any(f"[{table}" in text.replace(" ", "") for table in tables):
        return None
    blank = "" if text.endswith("\n") or not text else newline
    return len(text), f"{blank}{newline if text.strip() else ''}[{tables[0]}]{newline}markers = [{quoted}]{newline}"


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """Start and end (after the line's newline) of each key or table header at the top level."""
    start, depth = 0, 0
    tokens = [(m[0], m.end()) for m in _TOKEN.finditer(text)]
    for token, end in (*tokens, ("\n", len(text))):
        depth += (token in "[{") - (token in "]}")
        if token == "\n" and depth == 0:
            content = text[start:end].lstrip()
            if content and not content.startswith("#"):
                yield end - len(content), end
            start = end


def _in_value(text: str, start: int, end: int, line: str, quoted: str, newline: str) -> tuple[int, str] | None:
    """Into an array of strings, or into a multi-line string."""
    value = text[start:end]
    if value.startswith(('"""', "'''")):
        closing = start + value.rindex(value[:3])
        before = text[start + 3 : closing]
        spaces = re.search(r"(?:^|\n)([ \t]*)\S[^\n]*\s*$", before)
        at = start + 3 + len(before.rstrip())
        return at, f"{newline}{spaces[1] if spaces else ''}{line}"
    if not value.startswith("["):
        return None
    strings = [m for m in _TOKEN.finditer(text, start, end) if m[0][0] in "\"'"]
    if not strings:
        return start + 1, quoted
    last = strings[-1]
    line_start = text.rfind("\n", 0, last.start()) + 1
    indent = text[line_start : last.start()]
    rest = re.compile(r"[ \t]*(,?)[ \t]*(#[^\n]*)?(\r?\n)").match(text, last.end())
    if indent.strip() or rest is None:
        return last.end(), f", {quoted}"
    if rest[1]:
        return rest.end(), f"{indent}{quoted},{newline}"
    if rest[2]:  # the comment stays with its marker
        return line_start, f"{indent}{quoted},{newline}"
    return last.end(), f",{newline}{indent}{quoted}"


def registered(text: str) -> tuple[str, ...]:
    """The markers that a hook registers: `config.addinivalue_line("markers", "slow: …")`."""
    return tuple(_BY_HOOK.findall(text))
