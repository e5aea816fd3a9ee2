"""How modernize-typing looks for names in text."""

from __future__ import annotations

import pytest

from codemods.engine.parsing import whole_words


@pytest.mark.parametrize("odd", ["*", "+a", "a+b", "(", "[x", "a|b", "\\d", ".", "^", "$x"])
def test_a_name_is_looked_for_as_it_stands(odd: str) -> None:
    pattern = whole_words(["List", odd], after="")
    assert pattern.search("List")
    assert not pattern.search("5 Tuple")
    assert pattern.search(f" {odd}")
