"""Where a new import statement goes, compared with what isort would write."""

from __future__ import annotations

import pytest

from codemods.base import Import
from codemods.compose import splice
from codemods.import_edits import add, drop
from codemods.source import Source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "from __future__ import annotations\n\nimport pytest_asyncio\n",
            "from __future__ import annotations\n\nimport pytest\nimport pytest_asyncio\n",
            id="its section is there and begins later",
        ),
        pytest.param(
            "import os\n\n# ours\nfrom zebra import z\n",
            "import os\n\nimport pytest\n# ours\nfrom zebra import z\n",
            id="a comment stays with its import",
        ),
        pytest.param("import os\nfrom zebra import z\n", "import os\nimport pytest\nfrom zebra import z\n", id="no blank lines"),
        pytest.param("import os\n\nx = 1\n", "import os\n\nimport pytest\n\nx = 1\n", id="a section of its own"),
        pytest.param("def f(): ...\n", "import pytest\n\n\ndef f(): ...\n", id="before a definition"),
        pytest.param("x = 1\n", "import pytest\n\nx = 1\n", id="before a statement"),
        pytest.param("# header\n\nclass A: ...\n", "# header\n\nimport pytest\n\n\nclass A: ...\n", id="after a header"),
    ],
)
def test_new_statement(before: str, after: str) -> None:
    file = Source("test_a.py", before.encode())
    assert splice(file, add(file, [Import("pytest")])).decode() == after


TYPING = "from typing import List, Optional\n"


@pytest.mark.parametrize(
    ("rest", "kept"),
    [
        pytest.param('message = "Optional parameter, List of names"\n', "", id="a sentence"),
        pytest.param('def f():\n    """List of names."""\n', "", id="a docstring"),
        pytest.param('__all__ = ["List"]\n', "List", id="__all__"),
        pytest.param('x = make("List[int]")\n', "List", id="a type in a string"),
        pytest.param('x = eval("List[" + name + "]")\n', "List", id="a piece of code"),
        pytest.param('patch("app.List")\n', "List", id="a dotted name"),
        pytest.param("x = []  # type: List[int]\n", "List", id="a type comment"),
    ],
)
def test_drop_keeps_what_may_be_code(rest: str, kept: str) -> None:
    file = Source("a.py", (TYPING + rest).encode())
    freed = [Import("typing", "List"), Import("typing", "Optional")]
    header = f"from typing import {kept}\n" if kept else ""
    assert splice(file, drop(file, freed)).decode() == header + rest


def test_drop_where_another_import_binds_the_name() -> None:
    text = "from collections.abc import Iterable\nfrom typing import Any, Iterable\nx: Iterable[Any]\n"
    file = Source("a.py", text.encode())
    edits = drop(file, [Import("typing", "Iterable")], replaced={"Iterable"})
    assert splice(file, edits).decode() == text.replace("Any, Iterable\n", "Any\n")
