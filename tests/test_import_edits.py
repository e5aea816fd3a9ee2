"""Where a new import goes, compared with what isort would write, and which freed imports go."""

from __future__ import annotations

import ast

import pytest

from codemods.engine.compose import splice
from codemods.engine.importing import add, drop
from codemods.engine.source import Source
from codemods.engine.values import Import

PYTEST = Import("pytest")
MOCK = Import("unittest.mock", "AsyncMock")


def added(before: str, *wanted: Import, path: str = "tests/test_a.py") -> str:
    file = Source(path, before.encode())
    after = splice(file, add(file, wanted)).decode()
    ast.parse(after)
    return after


def crlf(text: str) -> str:
    """The text with Windows line endings; one line alone says nothing of those."""
    return text.replace("\n", "\r\n")


def dropped(before: str, *freed: Import) -> str:
    file = Source("a.py", before.encode())
    after = splice(file, drop(file, freed)).decode()
    ast.parse(after)
    return after


def typing(names: str) -> list[Import]:
    return [Import("typing", name) for name in names.split()]


# ---- a new statement ---------------------------------------------------------------------------


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
        pytest.param("import os\nx = 1\n", "import os\n\nimport pytest\n\nx = 1\n", id="a section of its own, before code"),
        pytest.param("import os\n", "import os\n\nimport pytest\n", id="a section of its own, at the end"),
        pytest.param("import os", "import os\n\nimport pytest\n", id="the last line has no end"),
        pytest.param("import zebra\n", "import pytest\nimport zebra\n", id="before the first"),
        pytest.param("from .a import b\n", "import pytest\n\nfrom .a import b\n", id="before the first of another section"),
        pytest.param("import os\n\nfrom .a import b\n", "import os\n\nimport pytest\n\nfrom .a import b\n", id="between two sections"),
        pytest.param("import zebra\nimport alpha\n", "import zebra\nimport alpha\nimport pytest\n", id="after what it follows, if unsorted"),
        pytest.param("import a  # noqa\n", "import a  # noqa\nimport pytest\n", id="a comment at the end of the line"),
        pytest.param("import a; x = 1\nimport b\n", "import a; x = 1\nimport b\nimport pytest\n", id="a statement beside"),
        pytest.param("import a; x = 1\n", "import pytest\n\nimport a; x = 1\n", id="only a statement beside"),
        pytest.param("from a import (\n    b,\n)\n", "import pytest\nfrom a import (\n    b,\n)\n", id="plain imports first"),
        pytest.param("from a import (\n    b,\n)\nimport c\nfrom zoo import e\n", "from a import (\n    b,\n)\nimport c\nimport pytest\nfrom zoo import e\n", id="sorted by module"),
        pytest.param("import os\n\nimport httpx\n\nfrom app import x\n", "import os\n\nimport httpx\nimport pytest\n\nfrom app import x\n", id="the project's own section comes later"),
        pytest.param("from tests import x\n", "import pytest\n\nfrom tests import x\n", id="a folder of the path is the project's own"),
    ],
)  # fmt: skip
def test_a_new_statement_goes_where_isort_puts_it(before: str, after: str) -> None:
    assert added(before, PYTEST) == after
    if "\n" in before:
        assert added(crlf(before), PYTEST) == crlf(after)
    assert added(after, PYTEST) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "import pytest\n", id="an empty file"),
        pytest.param("def f(): ...\n", "import pytest\n\n\ndef f(): ...\n", id="before a definition"),
        pytest.param("@d\nclass A: ...\n", "import pytest\n\n\n@d\nclass A: ...\n", id="before a decorator"),
        pytest.param("x = 1\n", "import pytest\n\nx = 1\n", id="before a statement"),
        pytest.param("# header\n\nclass A: ...\n", "# header\n\nimport pytest\n\n\nclass A: ...\n", id="after a header"),
        pytest.param("# header\n\n\nclass A: ...\n", "# header\n\nimport pytest\n\n\nclass A: ...\n", id="after a header, two lines apart"),
        pytest.param("#!/bin/sh\n\n# licence\n\nx = 1\n", "#!/bin/sh\n\n# licence\n\nimport pytest\n\nx = 1\n", id="after shebang and licence"),
        pytest.param("#!/bin/sh\n# coding: utf-8\nx = 1\n", "#!/bin/sh\n# coding: utf-8\nimport pytest\n\nx = 1\n", id="after shebang and cookie"),
        pytest.param("# about x\nx = 1\n", "import pytest\n\n# about x\nx = 1\n", id="before the comment of the code"),
        pytest.param("# isort: skip_file\nx = 1\n", "# isort: skip_file\nimport pytest\n\nx = 1\n", id="after isort: skip_file"),
        pytest.param("# a\n# mypy: ignore-errors\n# b\nx = 1\n", "# a\n# mypy: ignore-errors\nimport pytest\n\n# b\nx = 1\n", id="after a word to mypy"),
        pytest.param("# only a comment\n", "# only a comment\nimport pytest\n", id="a comment alone"),
        pytest.param('"""Doc."""\n', '"""Doc."""\n\nimport pytest\n', id="after the docstring"),
        pytest.param('"""Doc."""', '"""Doc."""\n\nimport pytest\n', id="after a docstring without line end"),
        pytest.param('"""Doc."""\nx = 1\n', '"""Doc."""\n\nimport pytest\n\nx = 1\n', id="between docstring and code"),
        pytest.param('"""Doc\nmore."""\n\n\ndef f(): ...\n', '"""Doc\nmore."""\n\nimport pytest\n\n\ndef f(): ...\n', id="between docstring and definition"),
        pytest.param('# c\n"""Doc."""\n\n# about x\nx = 1\n', '# c\n"""Doc."""\n\nimport pytest\n\n# about x\nx = 1\n', id="between docstring and comment"),
        pytest.param("f'doc'\n", "import pytest\n\nf'doc'\n", id="an f-string is no docstring"),
    ],
)  # fmt: skip
def test_the_first_import_goes_below_docstring_and_header(before: str, after: str) -> None:
    assert added(before, PYTEST) == after
    if "\n" in before:
        assert added(crlf(before), PYTEST) == crlf(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "try:\n    import a\nexcept ImportError:\n    a = None\n",
            "import pytest\n\ntry:\n    import a\nexcept ImportError:\n    a = None\n",
            id="a try stands first",
        ),
        pytest.param(
            "import os\ntry:\n    import a\nexcept ImportError:\n    a = None\nimport re\n\nx = 1\n",
            "import os\ntry:\n    import a\nexcept ImportError:\n    a = None\nimport re\n\nimport pytest\n\nx = 1\n",
            id="a try stands between",
        ),
        pytest.param(
            "import a\nif TYPE_CHECKING:\n    import b\n",
            "import a\nimport pytest\nif TYPE_CHECKING:\n    import b\n",
            id="a condition follows",
        ),
        pytest.param(
            "if TYPE_CHECKING:\n    import pytest\n",
            "import pytest\n\nif TYPE_CHECKING:\n    import pytest\n",
            id="imported for type checkers alone",
        ),
        pytest.param(
            "import sys\nsys.path.insert(0, '..')\nfrom zebra import z\n",
            "import sys\nsys.path.insert(0, '..')\nimport pytest\nfrom zebra import z\n",
            id="a statement between two imports",
        ),
        pytest.param("import a\nx = 1\ny = 2\nimport zebra\n", "import a\nimport pytest\nx = 1\ny = 2\nimport zebra\n", id="code ends the imports"),
        pytest.param("__version__ = '1'\nimport a\n", "__version__ = '1'\nimport a\nimport pytest\n", id="a dunder stands first"),
        pytest.param("x = f()\ny = 1\nimport a\n", "import pytest\n\nx = f()\ny = 1\nimport a\n", id="code stands first"),
        pytest.param("from a import *\n", "import pytest\nfrom a import *\n", id="a star import"),
        pytest.param("def f():\n    import pytest\n", "import pytest\n\n\ndef f():\n    import pytest\n", id="an import inside a function"),
        pytest.param("def f(): ...\nimport pytest\n", "def f(): ...\nimport pytest\n", id="bound at module level, wherever"),
        pytest.param("import pytest.a\n", "import pytest.a\n", id="bound by the import of a submodule"),
        pytest.param("import pytest as pt\n", "import pytest as pt\nimport pytest\n", id="bound by another name"),
    ],
)  # fmt: skip
def test_a_new_statement_goes_among_the_unconditional_imports(before: str, after: str) -> None:
    assert added(before, PYTEST) == after


def test_several_new_statements_keep_their_sections() -> None:
    wanted = [
        Import("b", "z"),
        Import("b", "A"),
        Import("b", "C_D"),
        PYTEST,
        Import("os"),
        Import(".", "x"),
        Import("a.b", "", "c"),
    ]
    assert added("x = 1\n", *wanted) == (
        "import os\n\nimport a.b as c\nimport pytest\nfrom b import C_D, A, z\n\nfrom . import x\n\nx = 1\n"
    )
    assert added("import re\n\nx = 1\n", *wanted) == (
        "import os\nimport re\n\nimport a.b as c\nimport pytest\nfrom b import C_D, A, z\n\nfrom . import x\n\nx = 1\n"
    )
    assert added("import re\n\nimport zebra\n", *wanted) == (
        "import os\nimport re\n\nimport a.b as c\nimport pytest\nimport zebra\nfrom b import C_D, A, z\n\nfrom . import x\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import a\n", "from __future__ import annotations\n\nimport a\n"),
        ("__version__ = '1'\nimport a\n", "from __future__ import annotations\n\n__version__ = '1'\nimport a\n"),
        ('"""Doc."""\nimport a\n', '"""Doc."""\nfrom __future__ import annotations\n\nimport a\n'),
        ("try:\n  import a\nfinally: b\nimport c\n", "from __future__ import annotations\n\ntry:\n  import a\nfinally: b\nimport c\n"),
        ("from __future__ import division\nimport a\n", "from __future__ import annotations, division\nimport a\n"),
    ],
)  # fmt: skip
def test_a_future_import_comes_first(before: str, after: str) -> None:
    assert added(before, Import("__future__", "annotations")) == after


# ---- a new name in a statement -----------------------------------------------------------------

FROM = "from unittest.mock import "


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Mock", "AsyncMock, Mock"),
        ("Mock, patch", "AsyncMock, Mock, patch"),
        ("ANY, Mock", "ANY, AsyncMock, Mock"),  # constants first
        ("call, Mock", "AsyncMock, call, Mock"),  # without regard to case
        ("AAA, Mock, abc", "AAA, AsyncMock, Mock, abc"),
        ("Mock, MagicMock, patch", "Mock, MagicMock, patch, AsyncMock"),  # unsorted
        ("Mock as M, patch as p", "AsyncMock, Mock as M, patch as p"),
        ("ABC", "ABC, AsyncMock"),
        ("Mock  # noqa", "AsyncMock, Mock  # noqa"),
        ("ANY; x = 1", "ANY, AsyncMock; x = 1"),
        ("(ANY)", "(ANY, AsyncMock)"),
        ("(ANY,)", "(ANY, AsyncMock,)"),
        ("(ANY,\n                           patch)", "(ANY,\n                           AsyncMock,\n                           patch)"),
        ("(ABC,\n                           ANY)", "(ABC,\n                           ANY, AsyncMock)"),
        ("ANY, \\\n    patch", "ANY, \\\n    AsyncMock, patch"),
        ("ABC, \\\n    ANY", "ABC, \\\n    ANY, AsyncMock"),
        ("(\n    Mock,\n)", "(\n    AsyncMock,\n    Mock,\n)"),
        ("(\n    ANY,\n)", "(\n    ANY,\n    AsyncMock,\n)"),
        ("(\n    ANY\n)", "(\n    ANY,\n    AsyncMock\n)"),
        ("(\n    ANY  # all)\n)", "(\n    ANY,  # all)\n    AsyncMock\n)"),
        ("(\n    ANY,  # all\n    # some\n    Mock,\n)", "(\n    ANY,  # all\n    AsyncMock,\n    # some\n    Mock,\n)"),
        ("(  # names\n    # some\n    Mock,\n)", "(  # names\n    AsyncMock,\n    # some\n    Mock,\n)"),
        ("(\n    ABC, ANY,\n    Mock, patch\n)", "(\n    ABC, ANY,\n    AsyncMock,\n    Mock, patch\n)"),
        ("(\n    ABC,\n    ANY, AAA\n)", "(\n    ABC,\n    ANY, AAA, AsyncMock\n)"),
        ("(\n    ANY\n  , Mock\n)", "(\n    ANY\n  , AsyncMock, Mock\n)"),
        ("AsyncMock", "AsyncMock"),
        ("AsyncMock as A", "AsyncMock as A, AsyncMock"),
    ],
)  # fmt: skip
def test_a_name_goes_by_the_order_and_layout_of_the_list(before: str, after: str) -> None:
    assert added(f"{FROM}{before}\n", MOCK) == f"{FROM}{after}\n"
    assert added(crlf(f"{FROM}{before}\n"), MOCK) == crlf(f"{FROM}{after}\n")


def test_several_names_go_each_to_its_place() -> None:
    wanted = [Import("m", n) for n in ("a", "c", "d", "f")] + [Import("m", "e", "E")]
    assert added("from m import b, e\n", *wanted) == "from m import a, b, c, d, e, e as E, f\n"
    assert added("from m import (\n  b,\n  e,\n)\n", *wanted) == (
        "from m import (\n  a,\n  b,\n  c,\n  d,\n  e,\n  e as E,\n  f,\n)\n"
    )


@pytest.mark.parametrize(
    "before",
    [
        "try:\n    from unittest.mock import Mock\nexcept ImportError:\n    from mock import Mock\n",
        "if TYPE_CHECKING:\n    from unittest.mock import Mock\n",
        "from unittest.mock import *\n",
        "def f():\n    from unittest.mock import Mock\n",
        "from .unittest.mock import Mock\n",
        "def f(): ...\n\n\nfrom unittest.mock import Mock\n",  # what runs before could not see it
    ],
)
def test_only_an_unconditional_statement_takes_a_name(before: str) -> None:
    assert "from unittest.mock import AsyncMock\n" in added(before, MOCK).splitlines(keepends=True)


def test_a_statement_below_other_code_takes_a_name() -> None:
    before = "import sys\nROOT = '..'\nsys.path.insert(0, ROOT)\nfrom unittest.mock import Mock\n"
    assert added(before, MOCK) == before.replace("Mock", "AsyncMock, Mock")


# ---- drop: what goes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from typing import A, X, B\n", "from typing import A, B\n"),
        ("from typing import X, A\n", "from typing import A\n"),
        ("from typing import A, X\n", "from typing import A\n"),
        ("from typing import X, A, Y, B, Z\n", "from typing import A, B\n"),
        ("from typing import A, X, Y\n", "from typing import A\n"),
        ("from typing import X, Y, A\n", "from typing import A\n"),
        ("from typing import (A, X,)\n", "from typing import (A,)\n"),
        ("from typing import A, \\\n    X\n", "from typing import A\n"),
        ("from typing import X, \\\n    A\n", "from typing import A\n"),
        ("from typing import (\n    A,\n    X,\n    B,\n)\n", "from typing import (\n    A,\n    B,\n)\n"),
        ("from typing import (\n    A,\n    X,\n)\n", "from typing import (\n    A,\n)\n"),
        ("from typing import (\n    A,\n    X\n)\n", "from typing import (\n    A\n)\n"),
        ("from typing import (\n    X, A,\n    Y, B\n)\n", "from typing import (\n    A,\n    B\n)\n"),
        ("from typing import A, X  # noqa: E501\n", "from typing import A  # noqa: E501\n"),
        # comments stay with their names
        ("from typing import (\n    A,  # a\n    X,\n    B,  # b\n)\n", "from typing import (\n    A,  # a\n    B,  # b\n)\n"),
        ("from typing import (\n    A,  # a\n    X\n)\n", "from typing import (\n    A,  # a\n)\n"),
        ("from typing import (\n    X,  # type: ignore\n    # b\n    B,\n)\n", "from typing import (\n    # b\n    B,\n)\n"),
        ("from typing import (\n    A,  # type: ignore\n    X\n)\n", "from typing import (\n    A,  # type: ignore\n)\n"),
        ("from typing import (\n    X,  # x\n    A,\n)\n", None),
        ("from typing import (\n    A,\n    # x\n    X,  # type: ignore\n)\n", None),
        ("from typing import (\n    A,  # noqa: F401\n    X,\n)\n", "from typing import (\n    A,  # noqa: F401\n)\n"),
        ("from typing import (\n    A,\n    X,  # noqa: F401\n)\n", None),
        ("from typing import (  # noqa: F401\n    A,\n    X,\n)\n", None),
        ("from typing import A, X  # noqa\n", None),
        ("from typing import (  # all\n    X,\n    A,\n)\n", "from typing import (  # all\n    A,\n)\n"),
        ("from typing import (  # all\n    X,\n    Y,\n)\n", None),
        ("from typing import (\n    X,  # x\n    Y,\n)\n", "from typing import (\n    X,  # x\n)\n"),
        ("from typing import (\n    X,\n    # y\n    Y, A,\n)\n", "from typing import (\n    # y\n    Y, A,\n)\n"),
        ("from typing import (\n    A,\n    X,\n    # last\n)\n", None),
        ("from typing import (\n    A, X,\n    # b\n    B)\n", "from typing import (\n    A,\n    # b\n    B)\n"),
        ("from typing import (X,\n    # b\n    B)\n", "from typing import (\n    # b\n    B)\n"),
        ("from typing import (A,  # a\n    X)\n", "from typing import (A,  # a\n    )\n"),
        ("from typing import (\n    A,\n    X,\n)  # end\n", "from typing import (\n    A,\n)  # end\n"),
    ],
)  # fmt: skip
def test_a_name_goes_with_its_comma(before: str, after: str | None) -> None:
    expected = before if after is None else after
    assert dropped(before, *typing("X Y Z")) == expected
    assert dropped(crlf(before), *typing("X Y Z")) == crlf(expected)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import a\n", ""),
        ("import a", ""),
        ("import a\nx\n", "x\n"),
        ("import a\n\n\nx\n", "x\n"),
        ("x\nimport a\ny\n", "x\ny\n"),
        ("x\n\nimport a\n\ny\n", "x\n\ny\n"),
        ("x\nimport a\n\ny\n", "x\n\ny\n"),
        ("x\n\nimport a\ny\n", "x\n\ny\n"),
        ("x\n\n\nimport a\n\ny\n", "x\n\ny\n"),
        ("x\n\nimport a\n", "x\n"),
        ("x\n\nimport a\nimport b\n\ny\n", "x\n\ny\n"),
        ("x\n\nimport a\n\nimport b\n\ny\n", "x\n\ny\n"),
        ("x\nimport a\n\nimport b\ny\n", "x\n\ny\n"),  # the gap parted what stays
        ("x\nimport a\n\nimport b\n", "x\n"),
        ("import a, b\nx\n", "x\n"),
        ("import a, c, b\nx\n", "import c\nx\n"),
        ("import a  # noqa: E402\nx\n", "x\n"),
        ("import a  # why\nx\n", "import a  # why\nx\n"),
        ("import a  # noqa\nx\n", "import a  # noqa\nx\n"),
        ("import a  # NOQA: E402, F401\nx\n", "import a  # NOQA: E402, F401\nx\n"),
        ("import a\n# about b\nimport b\nx\n", "# about b\nx\n"),
        ("# header\n\nimport a\n\nx\n", "# header\n\nx\n"),
        ('"""Doc."""\n\nimport a\n\nx\n', '"""Doc."""\n\nx\n'),
        ('"""Doc."""\nimport a\n\nx\n', '"""Doc."""\n\nx\n'),
        # beside other statements
        ("import a; x\n", "x\n"),
        ("x; import a\n", "x\n"),
        ("x; import a; y\n", "x; y\n"),
        ("x; import a;\n", "x;\n"),
        ("import a; import b; x\n", "x\n"),
        ("x; import a; import b\n", "x\n"),
        ("import a; import b\nx\n", "x\n"),
        ("import a;\nx\n", "x\n"),
        ("import a\nimport b; x\n", "x\n"),
        # in a block
        ("def f():\n    import a\n\n    x\n", "def f():\n    x\n"),
        ("def f():\n    # c\n    import a\n\n    x\n", "def f():\n    # c\n\n    x\n"),
        ("def f():\n    x\n    import a\n\n\nz\n", "def f():\n    x\n\n\nz\n"),
        ("def f():\n    import a\n", "def f():\n    pass\n"),
        ("def f():\n    import a\n    import b\n", "def f():\n    pass\n"),
        ("def f():\n    import a; import b\n", "def f():\n    pass\n"),
        ("def f(): import a\n", "def f(): pass\n"),
        ("def f():\n    import a  # noqa: E402\n", "def f():\n    pass  # noqa: E402\n"),
        ("if TYPE_CHECKING:\n    import a\n    import c\n", "if TYPE_CHECKING:\n    import c\n"),
        ("if TYPE_CHECKING:\n    import a\nelse:\n    c\n", "if TYPE_CHECKING:\n    pass\nelse:\n    c\n"),
        ("if x:\n    c\nelse:\n    import a\n", "if x:\n    c\nelse:\n    pass\n"),
        ("class A:\n    import a\n    import b\n    import c\n", "class A:\n    import c\n"),
    ],
)  # fmt: skip
def test_a_statement_goes_with_its_line(before: str, after: str) -> None:
    assert dropped(before, Import("a"), Import("b")) == after
    assert dropped(crlf(before), Import("a"), Import("b")) == crlf(after)


# ---- drop: what stays --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import a\na.b\n", id="used"),
        pytest.param("import a\ndef f(a): a\n", id="the name is used, if only as something else"),
        pytest.param("import a\nx: 'a.B'\n", id="used in a quoted annotation"),
        pytest.param("import a as a\n", id="a re-export"),
        pytest.param("from m import a as a\n", id="a re-exported name"),
        pytest.param("import a as b\n", id="another import than the freed"),
        pytest.param("import a.b\n", id="a submodule"),
        pytest.param("from m import *\n", id="a star import"),
        pytest.param("from .m import a\n", id="a relative module"),
        pytest.param("try:\n    import a\nexcept ImportError:\n    x = 1\n", id="a probe"),
        pytest.param("try:\n    x\nexcept ImportError:\n    import a\n", id="a fallback"),
        pytest.param("with suppress(ImportError):\n    import a\n", id="a suppressed probe"),
        pytest.param("def f():\n    import a  # why\n", id="with a comment of its own"),
        pytest.param("def f():\n    global a\n", id="declared global"),
    ],
)
def test_what_may_still_matter_stays(text: str) -> None:
    assert dropped(text, Import("a"), Import("m", "a"), Import("m", "*")) == text


TYPING = "from typing import List, Optional\n"


@pytest.mark.parametrize(
    ("rest", "kept"),
    [
        pytest.param('message = "Optional parameter, List of names"\n', "", id="a sentence"),
        pytest.param('def f():\n    """List of names."""\n', "", id="a docstring"),
        pytest.param('def f():\n    """\n    >>> List\n    """\n', "List", id="a doctest"),
        pytest.param('__all__ = ["List"]\n', "List", id="__all__"),
        pytest.param('x = make("List[int]")\n', "List", id="a type in a string"),
        pytest.param('x = eval("List[" + name + "]")\n', "List", id="a piece of code"),
        pytest.param('patch("app.List")\n', "List", id="a dotted name"),
        pytest.param("x = []  # type: List[int]\n", "List", id="a type comment"),
        pytest.param("x = []  # type: Literal['List']\n", "", id="a value in a type comment"),
        pytest.param('Later = "List"\n', "List", id="an alias"),
        pytest.param('x["Content-List"] = x["List"]\n', "", id="a key"),
        pytest.param('def f(x: rows["List"]): ...\n', "List", id="an index in an annotation"),
        pytest.param('def f(x="List[int]"): ...\n', "", id="a default"),
        pytest.param('f = lambda x="List": "List[int]"\n', "List", id="what a lambda gives"),
        pytest.param('x: Literal["List", Foo["List"]]\n', "List", id="a type in brackets in a Literal"),
        pytest.param('print("List: a list", "List", "a List.")\n', "", id="words"),
        pytest.param('patch(f"{module}.List")\n', "List", id="the end of a dotted name"),
        pytest.param('check("from typing import List\\nx: List = []")\n', "", id="code with its own import"),
        pytest.param('check("def f(x: List): ...")\n', "List", id="a definition"),
        pytest.param('run(2 if x == "List[int]" else 3)\n', "", id="compared"),
    ],
)
def test_drop_keeps_what_may_be_code(rest: str, kept: str) -> None:
    header = f"from typing import {kept}\n" if kept else ""
    assert dropped(TYPING + rest, *typing("List Optional")) == header + rest


def test_drop_where_another_import_binds_the_name() -> None:
    text = "from collections.abc import Iterable\nfrom typing import Any, Iterable\nx: Iterable[Any]\n"
    file = Source("a.py", text.encode())
    edits = drop(file, [Import("typing", "Iterable")], replaced={"Iterable"})
    assert splice(file, edits).decode() == text.replace("Any, Iterable\n", "Any\n")
