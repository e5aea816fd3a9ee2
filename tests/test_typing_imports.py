"""A comment inside of an import costs the names it may belong to, and nothing else."""

from __future__ import annotations

import ast
from itertools import product

import pytest

from codemods.engine import golden

NAMES = ("Any", "Callable", "Dict", "List", "Union")
USES = {
    "Any": "Any",
    "Callable": "Callable[[], int]",
    "Dict": "Dict[str, int]",
    "List": "List[int]",
    "Union": "Union[int, str]",
}
NEW = {"Dict": "dict[str, int]", "List": "list[int]", "Union": "int | str"}
LAYOUTS = {
    "a line each": ("from typing import (", [[n] for n in NAMES], ")"),
    "two on a line": ("from typing import (", [["Any", "Dict"], ["Callable", "List"], ["Union"]], ")"),
    "without Any": ("from typing import (", [["Dict"], ["List", "Union"], ["Callable"]], ")"),
    "old ones alone": ("from typing import (", [["Dict"], ["List"], ["Union"]], ")"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_comment_in_any_place_stays_and_lets_the_others_go(layout: str) -> None:
    opening, rows, closing = LAYOUTS[layout]
    names = [n for row in rows for n in row]
    places = range(2 * len(rows) + 3)  # behind the bracket, above and beside each row, at the end, behind the end
    for place, final in product(places, (True, False)):
        lines = [opening + ("  # why" if place == 0 else "")]
        for number, row in enumerate(rows):
            lines += ["    # why"] if place == 2 * number + 1 else []
            comma = "," if final or number + 1 < len(rows) else ""
            lines.append(f"    {', '.join(row)}{comma}" + ("  # why" if place == 2 * number + 2 else ""))
        lines += ["    # why"] if place == 2 * len(rows) + 1 else []
        lines.append(closing + ("  # why" if place == 2 * len(rows) + 2 else ""))
        uses = ", ".join(f"a{i}: {USES[n]}" for i, n in enumerate(names))
        before = "\n".join([*lines, "", "", f"def f({uses}): ...", ""])
        result = golden.run("modernize-typing", ["--target-version", "3.10"], {"a.py": before.encode()})
        after = (result.changed.get("a.py") or b"").decode()
        assert not result.composed.skips, f"{before}\n{result.composed.skips}"
        assert after.count("# why") == 1, f"{before}\n{after}"
        assert ", ".join(f"a{i}: {NEW.get(n, USES[n])}" for i, n in enumerate(names)) in after
        _check_imports(after, [s.reason for s in result.step.skips if s.code == "T22-kept"], names, before)


def _check_imports(after: str, reasons: list[str], names: list[str], before: str) -> None:
    """What is still imported from typing and not needed has a reason, and stands beside the comment."""
    imported = [
        a.name
        for n in ast.walk(ast.parse(after))
        if isinstance(n, ast.ImportFrom) and n.module == "typing"
        for a in n.names
    ]
    for name in names:
        if name in imported and name != "Any":
            assert any(name in reason for reason in reasons), f"{name} has no reason:\n{before}\n{after}"
    assert "Callable" in imported or "Callable" not in names or "from collections.abc import Callable" in after
