"""`codemod why narrow-except`: for each type the way from the guarded body to the raise, or the callee that nobody knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.facts.exceptions.knowledge import FOLDER
from codemods.narrow_except.paths import evidence
from tests.test_why import why

STORE = """\
import json


class Missing(Exception): ...


def load(text):
    if not text:
        raise Missing(text)
    return json.loads(text)


class Shop:
    @property
    def open(self):
        return load("")
"""
MAIN = """\
from store import Shop, load


def one(text):
    try:
        return load(text)
    except Exception:
        return None


def two(rows: dict):
    try:
        return Shop().open, rows["a"]
    except Exception:
        return None


def three(client):
    try:
        return client.fetch(load("1"))
    except Exception:
        return None


def four(text):
    try:
        return load(text)
    except Exception:
        print(text)
        raise
"""


@pytest.fixture
def shop(make_repo: Callable[..., Path]) -> Path:
    return make_repo({"store.py": STORE, "main.py": MAIN}, name="shop")


def test_a_type_is_followed_through_two_functions_to_its_raise(shop: Path) -> None:
    told = why(shop, "narrow-except", "main.py:7")
    assert "    store.Missing\n      main.py:6: load()\n        store.py:9: raise Missing()\n" in told
    assert "        store.py:10: json.loads()\n" in told
    assert "times while its own tests ran" in told
    assert "mistakes of the program that can arrive:\n    TypeError" in told


@pytest.mark.parametrize("line", [5, 6, 7, 8])
def test_any_line_of_the_statement_is_about_its_clause(shop: Path, line: int) -> None:
    assert why(shop, "narrow-except", f"main.py:{line}").startswith("main.py:7: narrow-except would change it: ")


def test_a_line_that_no_clause_guards_is_told_as_such(shop: Path) -> None:
    assert why(shop, "narrow-except", "main.py:4").startswith(
        "main.py:4: narrow-except sees nothing to change there\n"
    )


def test_properties_and_operators_are_steps_too(shop: Path) -> None:
    told = why(shop, "narrow-except", "main.py:14")
    assert (
        "      main.py:13: Shop().open\n        store.py:16: load()\n          store.py:9: raise Missing()\n" in told
    )
    assert "    KeyError  (an operator, by the language reference)\n      main.py:13: rows[…]\n" in told
    assert "what is assumed, first of all:\n    the type of `rows[…]`\n" in told


def test_what_nobody_knows_is_named_beside_what_is_known(shop: Path) -> None:
    told = why(shop, "narrow-except", "main.py:21")
    assert "main.py:21: narrow-except leaves it alone (N01-unknown)\n  `client.fetch`: it is not known" in told
    assert "  what nobody knows:\n    client.fetch\n      main.py:20: client.fetch()\n" in told
    assert "    store.Missing\n" in told


def test_a_clause_that_stays_for_its_category_tells_what_would_arrive(shop: Path) -> None:
    told = why(shop, "narrow-except", "main.py:28")
    assert "(N10-reraises)" in told
    assert "    store.Missing\n" in told


def test_the_same_as_data(shop: Path) -> None:
    [answer] = json.loads(why(shop, "narrow-except", "main.py:7", "--output-format", "json"))
    arriving = answer["explained"][0]
    assert (answer["line"], arriving["title"]) == (7, "what can arrive")
    missing = next(item for item in arriving["items"] if item["name"] == "store.Missing")
    assert [(at["path"], at["line"], at["text"]) for at in missing["lines"]] == [
        ("main.py", 6, "load()"),
        ("store.py", 9, "raise Missing()"),
    ]


def test_each_word_of_evidence_has_words_for_a_person() -> None:
    kept = {
        word[0]
        for library in set(FOLDER.glob("*.json")) - {FOLDER / "index.json"}
        for word in words(library)
        if not word[1:].isdigit()
    }
    assert {word for word in kept if not evidence(word)} == set()


def words(library: Path) -> set[str]:
    """The words of evidence in one file of the knowledge base."""
    modules = json.loads(library.read_text())["modules"].values()
    entries = (each.get("raises", {}) for module in modules for each in module.get("callables", {}).values())
    return {word for raises in entries for told in raises.values() for word in told.split()}
