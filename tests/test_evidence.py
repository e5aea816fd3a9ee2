"""Evidence of a run: which clause it speaks of after an edit, and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from codemods.engine.source import Source
from codemods.facts.exceptions.evidence import (
    Arrived,
    BadEvidence,
    Evidence,
    Identity,
    Observed,
    identities,
    read,
    write,
)

TEXT = """\
def load(path):
    try:
        try:
            return parse(path)
        except Exception as e:
            log(e)
    except Exception:
        return None
    except BaseException:
        raise


def twice(a, b):
    try:
        return a.go(1)
    except Exception:
        pass
    try:
        return a.go(1)
    except Exception:
        log(b)
    with contextlib.suppress(Exception):
        return a.go(1)
"""
HEAD = "import contextlib\n"


def found(text: str) -> dict[int, Identity]:
    return {broad.line: identity for broad, identity in identities(Source("a.py", (HEAD + text).encode()))}


BEFORE = found(TEXT)


def test_each_clause_has_an_identity_of_its_own() -> None:
    assert [*BEFORE] == [6, 8, 10, 17, 21, 23]
    assert len({*BEFORE.values()}) == 6
    assert [(i.function, i.ordinal, i.clause, i.equals) for i in BEFORE.values()] == [
        ("load", 0, 0, 1), ("load", 0, 0, 1), ("load", 0, 1, 1), ("twice", 0, 0, 3), ("twice", 1, 0, 3), ("twice", 2, 0, 3),
    ]  # fmt: skip
    assert len({i.digest for i in BEFORE.values()}) == 3


def replaced(*pairs: tuple[str, str]) -> str:
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = 1\n\n\n" + TEXT, id="lines before it"),
        pytest.param(replaced(("parse(path)", "parse(path)  # noqa: X")), id="a comment"),
        pytest.param(replaced(("parse(path)", "parse(\n                path,\n            )")), id="another layout"),
        pytest.param(replaced(("log(b)", "log(a, b)")), id="what the handler itself does"),
    ],
)
def test_an_edit_elsewhere_loses_nothing(text: str) -> None:
    assert [*found(text).values()] == [*BEFORE.values()]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param(replaced(("except Exception as e", "except (KeyError, OSError) as e")), [8, 10, 17, 21, 23], id="inner"),
        pytest.param(replaced(("except Exception:", "except ValueError:")), [6, 10, 17, 21, 23], id="one above another"),
        pytest.param(replaced(("except Exception:\n        pass", "except ValueError:\n        pass")), [6, 8, 10, 21, 23], id="equal"),
        pytest.param(TEXT.replace("suppress(Exception)", "suppress(KeyError)"), [6, 8, 10, 17, 21], id="suppress"),
    ],
)  # fmt: skip
def test_a_clause_that_was_narrowed_takes_no_evidence_from_another(text: str, left: list[int]) -> None:
    assert [*found(text).values()] == [BEFORE[line] for line in left]


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("parse(path)", "parse(path, 1)", {6, 8, 10}),
        ("a.go(1)", "a.go(1.0)", {17, 21, 23}),  # one of equals: nobody knows which of them the others are
        ("def load", "def read", {6, 8, 10}),
        ("log(e)", "log(e, 2)", {8, 10}),
    ],
)
def test_of_a_clause_whose_body_was_edited_nothing_is_known(old: str, new: str, lost: set[int]) -> None:
    after = {*found(replaced((old, new))).values()}
    kept = {line for line, identity in BEFORE.items() if identity in after}
    assert kept == BEFORE.keys() - lost


# ---- what it says ------------------------------------------------------------------------------


def arrived(name: str, count: int, origin: Any = "library") -> Arrived:
    return Arrived(name=name, origin=origin, count=count, mro=(name, "builtins.Exception"))


@pytest.mark.parametrize(
    ("observed", "text"),
    [
        (Observed(line=1), "never entered"),
        (Observed(line=1, entered=True), "entered, and nothing arrived"),
        (
            Observed(line=1, entered=True, arrived=(arrived("a.B", 1),)),
            "reached once: a.B 1",
        ),
        (
            Observed(
                line=1,
                arrived=(
                    arrived("builtins.KeyError", 1),
                    arrived("builtins.ValueError", 3, "project"),
                    arrived("builtins.ValueError", 37, "mock"),
                ),
            ),
            "reached 41 times: ValueError 40, KeyError 1 (37 by mocks)",
        ),
        (
            Observed(line=1, arrived=(arrived("builtins.KeyError", 2, "test"), arrived("a.E", 2, "mock"))),
            "reached 4 times: KeyError 2, a.E 2 (2 by mocks, 2 by tests)",
        ),
    ],
)
def test_in_words(observed: Observed, text: str) -> None:
    assert observed.describe() == text


FULL = Evidence(
    clauses={
        ("a.py", Identity("f", "0123", 1)): Observed(
            line=3,
            entered=True,
            arrived=(arrived("a.B", 2), Arrived(name="p.E", origin="mock", count=1, path="p.py")),
        ),
        ("a.py", Identity("f", "0123", 1, 1)): Observed(line=5),
        ("b\udcff.py", Identity("", "4567")): Observed(line=2, entered=True),
    },
    digests={"a.py": "aa", "b\udcff.py": "bb"},
    command=("pytest", "-q"),
    exit_code=1,
    pythons=("3.8.18", "3.13.0"),
    remarks=("lost",),
)


def test_what_is_written_is_read_again() -> None:
    text = write(FULL)
    assert text.isascii()
    assert read(text) == FULL
    assert write(read(text)) == text
    assert read("") == Evidence()
    assert FULL.at("a.py", Identity("f", "0123", 1, 1)) == Observed(line=5)
    assert FULL.at("a.py", Identity("f", "other", 1)) is None
    assert FULL.at("b.py", Identity("f", "0123", 1)) is None


def changed(change: Callable[[Any], object]) -> str:
    document = json.loads(write(FULL))
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "not what codemod observe writes: no JSON"),
        ("[" * 100_000, "not what codemod observe writes: no JSON"),
        ("[1]", "not what codemod observe writes"),
        ('{"key": 1}', "not what codemod observe writes"),
        (changed(lambda d: d.update({"codemod-evidence": 2})), "of another version of codemod (2)"),
        (changed(lambda d: d.pop("files")), "damaged (KeyError: 'files')"),
        (changed(lambda d: d.update(files=[])), "damaged (AttributeError"),
        (changed(lambda d: d["files"]["a.py"].pop("digest")), "damaged (KeyError: 'digest')"),
        (changed(lambda d: d["files"]["a.py"]["clauses"][0].update(line="3")), "damaged (ValueError: no number: '3')"),
        (changed(lambda d: d["files"]["a.py"]["clauses"][0]["arrived"][0].update(origin="moon")), "no origin 'moon'"),
        (changed(lambda d: d["files"]["a.py"]["clauses"][0]["arrived"][0].update(type="gone")), "KeyError: 'gone'"),
        (changed(lambda d: d.update(command="pytest")), "no list: 'pytest'"),
    ],
)  # fmt: skip
def test_a_text_that_is_none_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadEvidence) as caught:
        read(text)
    assert why in str(caught.value)
