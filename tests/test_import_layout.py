"""How a new import looks beside those of a file: in which of several blocks it stands, and how wide it gets."""

from __future__ import annotations

import pytest

from codemods.engine.compose import splice
from codemods.engine.importing import add
from codemods.engine.source import Source
from codemods.engine.values import Import


def added(before: str, *wanted: Import) -> str:
    file = Source("tests/test_a.py", before.encode())
    return splice(file, add(file, wanted)).decode()


GUARD = "\nif sys.version_info < (3, 11):\n    from backports import timeout\n\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            f"import sys\n\nimport pytest\n{GUARD}import zlib_ng\n\nimport tests\n",
            f"import sys\n\nimport pytest\nimport pytest_asyncio\n{GUARD}import zlib_ng\n\nimport tests\n",
            id="in the first block that holds its section",
        ),
        pytest.param(
            f"import sys\n\nimport zope\n{GUARD}import aiohttp\n",
            f"import sys\n\nimport pytest_asyncio\nimport zope\n{GUARD}import aiohttp\n",
            id="at the start of that block",
        ),
        pytest.param(
            f"import sys\n{GUARD}import aiohttp\n",
            f"import sys\n{GUARD}import aiohttp\nimport pytest_asyncio\n",
            id="below the condition where its section begins there",
        ),
        pytest.param(
            f"import sys\n{GUARD}import os\n",
            f"import sys\n{GUARD}import os\n\nimport pytest_asyncio\n",
            id="after all where no block holds its section",
        ),
    ],
)
def test_a_condition_between_imports_draws_no_import_below_it(before: str, after: str) -> None:
    assert added(before, Import("pytest_asyncio")) == after


NAMES = [f"AbstractName{n:02}" for n in range(8)]


def test_a_long_statement_is_wrapped_in_a_file_that_wraps_its_imports() -> None:
    wanted = [Import("collections.abc", name) for name in NAMES]
    wrapped = "from collections.abc import (\n" + "".join(f"    {n},\n" for n in NAMES) + ")\n"
    one_line = f"from collections.abc import {', '.join(NAMES)}\n"
    old = "from typing import (\n    Any,\n    cast,\n)\n"
    assert added(old, *wanted) == wrapped + old
    assert added("import typing\n", *wanted) == "import typing\n" + one_line
    assert added(old, *wanted[:2]) == f"from collections.abc import {', '.join(NAMES[:2])}\n{old}"


def test_a_name_in_a_full_line_of_a_wrapped_statement_begins_the_next_line() -> None:
    names = ", ".join(NAMES[1:7])
    last = f"from m import (\n    {names}\n)\n"
    assert added(last, Import("m", "AbstractName99")) == f"from m import (\n    {names},\n    AbstractName99\n)\n"
    assert added(last, Import("m", "AbstractName00")) == f"from m import (\n    AbstractName00,\n    {names}\n)\n"
    before, behind = ", ".join(NAMES[1:4]), ", ".join(NAMES[4:7])
    middle = f"from m import (\n    {before}, {NAMES[3]}A,\n    {behind}\n)\n"
    assert added(last, Import("m", f"{NAMES[3]}A")) == middle
    short = "from m import (\n    A, B\n)\n"
    assert added(short, Import("m", "C")) == "from m import (\n    A, B, C\n)\n"
