"""Each expression that raises, crossed with each way in which that travels to a broad clause: after narrowing, the clause still
takes it. Thousands of pairs, for where one thing works and another works, both together may not.
"""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine import golden

FOLDER = Path(__file__).parent / "narrowing_pairs"
ARRIVALS = Path(__file__).parent / "arrivals.py"

# an expression over `things.py`, and what it raises
SOURCES = {
    "1 / len(NAMES)": "ZeroDivisionError",
    "PRICES['x']": "KeyError",
    "NAMES[3]": "IndexError",
    "NAMES[odd():]": "Odd",
    "NAMES.pop()": "IndexError",
    "NAMES.remove(3)": "ValueError",
    "PRICES[str(odd())]": "Odd",
    "int('x')": "ValueError",
    "min([])": "ValueError",
    "bytes.fromhex('zz')": "ValueError",
    "b'\\xff'.decode()": "UnicodeDecodeError",
    "'\\u00e9'.encode('ascii')": "UnicodeEncodeError",
    "open('/no/such')": "FileNotFoundError",
    "os.environ['NO_SUCH']": "KeyError",
    "json.loads('{')": "JSONDecodeError",
    "struct.unpack('<I', b'')": "error",
    "zlib.decompress(b'x')": "error",
    "re.compile(PATTERN)": re.error.__name__,
    "sqlite3.connect(':memory:').execute('x')": "OperationalError",
    "odd()": "Odd",
    "(lambda: odd())()": "Odd",
    "(y := odd())": "Odd",
    "odd() if NAMES == [] else 0": "Odd",
    "0 < odd() < 3": "Odd",
    "dict(a=odd())": "Odd",
    "{key(1): 2}": "Odd",
    "functools.partial(odd)()": "Odd",
    "functools.reduce(lambda a, b: key(a), [1, 2])": "Odd",
    "sorted([2, 1], key=key)": "Odd",
    "list(map(key, [1]))": "Odd",
    "any(key(x) for x in [1])": "Odd",
    "list(numbers())": "Odd",
    "sum(numbers())": "Odd",
    "[*numbers()]": "Odd",
    "(lambda a, b: a)(*numbers())": "Odd",
    "AMOUNT.p": "Odd",
    "AMOUNT + AMOUNT": "Odd",
    "AMOUNT == 3": "Odd",
    "AMOUNT or 1": "Odd",
    "not AMOUNT": "Odd",
    "1 if AMOUNT else 2": "Odd",
    "AMOUNT()": "Odd",
    "AMOUNT[0]": "Odd",
    "1 in AMOUNT": "Odd",
    "len(AMOUNT)": "Odd",
    "str(AMOUNT)": "Odd",
    "f'{AMOUNT}'": "Odd",
    "'{}'.format(AMOUNT)": "Odd",
    "'%s' % AMOUNT": "Odd",
    "''.join(str(a) for a in [AMOUNT])": "Odd",
    "Amount.s()": "Odd",
    "Amount.c()": "Odd",
}


# each guarded body looks up a price, too: where what the expression raises is lost, the clause takes KeyError alone
_BODY = re.compile(r"^( +)(try:|with contextlib.suppress\(Exception\):)\n", re.M)


def ways() -> dict[str, str]:
    """The ways by name."""
    sections = re.split(r"^# ---- (\w+)$", (FOLDER / "ways.py").read_text(), flags=re.M)[1:]
    return dict(zip(sections[::2], sections[1::2], strict=True))


def program(expression: str, error: str) -> str:
    """One expression on all ways."""
    parts = [(FOLDER / "things.py").read_text()]
    for name, text in ways().items():
        named = re.sub(r"\b([A-Za-z][A-Za-z0-9]*)_\b", rf"\1_{name}", text)
        parts.append(_BODY.sub(r"\1\2\n\1    PRICES['here']\n", named.replace("EXPR", f"({expression})")))
    drives = "".join(f"    ({error!r}, f_{name}),\n" for name in ways())
    return "\n".join([*parts, f"ARRIVE = [\n{drives}]\n"])


# programs run in one process: a process for each would be dear, and one for all is run by every worker of the tests
EACH = 13
Outcomes = dict[str, dict[str, list[list[object]]]]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Outcomes]:
    """By its number a program and some others, before and after; and how many clauses are broad, before and after."""
    some = functools.cache(lambda first: run_some(first, tmp_path_factory.mktemp("pairs")))
    return lambda number: some(number - number % EACH)


def run_some(first: int, top: Path) -> Outcomes:
    for way in ("before", "after"):
        (top / way).mkdir()
    for number, (expression, error) in list(enumerate(SOURCES.items()))[first : first + EACH]:
        text = program(expression, error).encode()
        after = golden.run("narrow-except", ["--unsafe"], {"shop.py": text}).changed.get("shop.py")
        (top / "before" / f"p{number}.py").write_bytes(text)
        (top / "after" / f"p{number}.py").write_bytes(after or text)
    command = [sys.executable, "-I", str(ARRIVALS), "before", "after"]
    run = subprocess.run(command, cwd=top, capture_output=True, text=True, check=True, timeout=300)
    said: Outcomes = json.loads(run.stdout)
    for way, programs in said.items():
        for name, found in programs.items():
            found.append([(top / way / f"{name}.py").read_text().count("except Exception")])
    return said


@pytest.mark.parametrize("number", [pytest.param(n, id=e) for n, e in enumerate(SOURCES)])
def test_what_arrived_is_still_taken(number: int, outcomes: Callable[[int], Outcomes]) -> None:
    *before, (broad,) = outcomes(number)["before"][f"p{number}"]
    *after, (left,) = outcomes(number)["after"][f"p{number}"]
    names = list(ways())
    assert [n for n, b in zip(names, before, strict=True) if b[2] or b[0] not in b[3]] == []  # type: ignore[operator]
    escaped = [(n, a[2]) for n, b, a in zip(names, before, after, strict=True) if a[1:3] != b[1:3]]
    assert escaped == []
    assert isinstance(broad, int)
    assert isinstance(left, int)
    assert left <= broad / 10, "most are narrowed"
