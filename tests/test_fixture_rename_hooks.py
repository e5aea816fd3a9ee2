"""What a hook asks of a test's fixtures must come out the same when the fixture has its new name.

Each piece of code is run twice: as it is, on a test that uses `db`; and as fixture-rename leaves it, on one that uses
`db_session`. Where the rename stops, nothing is said of the code but that it was not touched.
"""

from __future__ import annotations

import ast
import textwrap
from types import SimpleNamespace as Item

import pytest

from codemods.engine import golden

FOLLOWED = [
    "order = lambda n: n\nreturn 'db' in sorted(item.fixturenames, key=order)",
    "return 'db' in item.fixturenames",
    "return 'db' not in getattr(item, 'fixturenames', ())",
    "names = getattr(item, 'fixturenames', None) or []\nreturn 'db' in names",
    "return any(n == 'db' for n in item.fixturenames)",
    "return [n for n in item.fixturenames if n in ('db', 'other')] != []",
    "return {'db'} & set(item.fixturenames) != set()",
    "return bool({'db', 'other'}.intersection(item.fixturenames))",
    "return not {'db'}.isdisjoint(item.fixturenames)",
    "return {'db'} <= set(item.fixturenames)",
    "return set(item.fixturenames).issuperset(['db'])",
    "for n in ('db', 'other'):\n    if n in item.fixturenames:\n        return True\nreturn False",
    "return any(n in item.fixturenames for n in ['db'])",
    "return {'db': 1}.get(item.fixturenames[0])",
    "table = {'db': 1}\nreturn [table[n] for n in item.fixturenames if n in table]",
    "return [mark for name, mark in {'db': 'x'}.items() if name in item.fixturenames]",
    "return [mark for name, mark in (('db', 'x'), ('other', 'y')) if name in item.fixturenames]",
    "return STORES & set(item.fixturenames) != set()",
    "return [n for n in item.fixturenames if n in STORES] != []",
    "return sorted(n in item.fixturenames for n in STORES)",
    "return sorted(item.fixturenames, key=lambda n: n != 'db')[0] in STORES",
    "return list(filter(lambda n: n == 'db', item.fixturenames)) != []",
    "return list(filter(STORES.__contains__, item.fixturenames)) != []",
    "return 'db' in item.funcargs",
    "return item.funcargs['db']",
    "return item.funcargs.get('db')",
    "return item.callspec.params.get('db')",
    "return hasattr(item, 'callspec') and 'db' in item.callspec.params",
    "return 'db' in item._fixtureinfo.names_closure",
    "return 'db' in item._fixtureinfo.name2fixturedefs",
    "return [k for k, v in item._fixtureinfo.name2fixturedefs.items() if k == 'db'] != []",
    "names = set()\nnames.update(item.fixturenames)\nreturn 'db' in names",
    "names = set(item.fixturenames)\nnames.discard('db')\nreturn len(names)",
    "*rest, last = item.fixturenames\nreturn 'db' in item.fixturenames",
    "match item.fixturenames[0]:\n    case 'db' | 'other':\n        return True\nreturn False",
    "first = next(iter(item.fixturenames))\nreturn first == 'db'",
    "return next((True for n in item.fixturenames if n == 'db'), False)",
    "return item.fixturenames.index('db')",
    "return item.fixturenames.count('db')",
    "return has(item, 'db')",
    "return uses(item.fixturenames)",
    "return names_of(item).count('db')",
    "return wanted(item)",
    "return (lambda names: 'db' in names)(item.fixturenames) or 'db' in item.fixturenames",
    "if (names := item.fixturenames) and 'db' in names:\n    return True",
    "return vars(item)['fixturenames'].count('db')",
    "return item.__dict__['fixturenames'].count('db')",
    "return [i for i, n in enumerate(item.fixturenames) if n == 'db']",
    "return frozenset(['db']).issubset(item.fixturenames)",
    "return item.fixturenames == ['db', 'tmp_path']",
    "return set(item.fixturenames) - {'db'} == {'tmp_path'}",
    "return 'db' in {n: 1 for n in item.fixturenames}",
    "return 'db' in (*item.fixturenames, 'x')",
    "item.fixturenames.append('db')\nreturn len(set(item.fixturenames))",
    "item.fixturenames = ['db', *item.fixturenames]\nreturn len(set(item.fixturenames))",
    "return 'db' in item.get_closest_marker('usefixtures').args",
    "return [m for m in item.iter_markers('usefixtures') if 'db' in m.args] != []",
    "import inspect\nreturn 'db' in inspect.signature(item.function).parameters",
    "return 'db' in item.function.__code__.co_varnames",
    "return any(n.startswith('db') for n in item.fixturenames)",
    "import re\nreturn any(re.match('db', n) for n in item.fixturenames)",
    "return any('d' in n for n in item.fixturenames)",
    "name = 'db' if item else item.fixturenames[0]\nreturn name == 'db'",
    "return ['db', *item.fixturenames].count('db')",
    "import itertools\nreturn list(itertools.chain(item.fixturenames, ['db'])).count('db')",
    "return sorted(item.fixturenames, key=['db', 'tmp_path'].index)[0] == item.fixturenames[0]",
    "return list(map({'db': 1}.get, item.fixturenames))",
    "item.fixturenames.sort(key=['tmp_path', 'db'].index)\nreturn item.fixturenames[1] == 'db'",
    "names = []\nnames += item.fixturenames\nreturn 'db' in names",
    "return item.function.__name__ == 'db'",
    "import inspect\nreturn [p for p in inspect.signature(item.function).parameters if getattr(p, 'name', p) == 'db'] != []",
    "return item.fixturenames[0] == ('db' or 'x')",
    "return item.fixturenames[0] == ('db' if item else 'x')",
    "return item.fixturenames == [*['db'], 'tmp_path']",
    "return item.fixturenames == [n for n in ['db', 'tmp_path']]",
    "return item.fixturenames[0] == (n := 'db')",
    "return {'db'}.intersection(item.fixturenames, {'db'}) != set()",
    "return any(n.count('db') for n in item.fixturenames)",
]
BLOCKED = [
    "return ('db', 1) in [(n, 1) for n in item.fixturenames] or 'db' in item.fixturenames",
    "global SEEN\nSEEN = item.fixturenames\nreturn seen()",
    "return any(n.endswith('db') for n in item.fixturenames)",
    "return any(n.startswith('db_') for n in item.fixturenames)",
    "return any(n.split('_')[0] == 'db' for n in item.fixturenames)",
    "return any(n[:2] == 'db' for n in item.fixturenames)",
    "return any(n.upper() == 'db' for n in item.fixturenames)",
    "return 'db,tmp_path' == ','.join(item.fixturenames)",
    "return f'{item.fixturenames[0]}' == 'db'",
    "import re\nreturn any(re.fullmatch('db', n) for n in item.fixturenames)",
    "import re\nreturn any(re.compile('db$').match(n) for n in item.fixturenames)",
    "import fnmatch\nreturn any(fnmatch.fnmatch(n, 'db') for n in item.fixturenames)",
    "return any(n in 'db cache' for n in item.fixturenames)",
    "return any(n in 'db cache'.split() for n in item.fixturenames)",
    "return any('session' in n for n in item.fixturenames)",
    "return [n for n in ('db',) if n in item.fixturenames and item.add_marker(n)]",
    "return MARK in item.fixturenames and item.add_marker(MARK)",
    "return 'db_session' in item.fixturenames",
    "return Settings.stores & set(item.fixturenames)",
    "item.config.names = item.fixturenames\nreturn 'db' in item.config.names",
    "KEPT.update(item.fixturenames)\nreturn 'db' in KEPT",
    "return compare(item.fixturenames, 'db')",
    "return list(map(str.lower, item.fixturenames)) == ['db', 'tmp_path']",
    "return max(item.fixturenames, key=len).replace('db', 'x') == 'x'",
    "return item.fixturenames[0] == 'd' + 'b'",
    "return item.fixturenames[0] == f'{\"db\"}'",
    "return item.fixturenames[0] == '%s' % 'db'",
    "names = ['x', 'db'][1:]\nreturn names == item.fixturenames[:1]",
    "return any(ord(n[0]) and n[-2:] in ('db', 'x') for n in item.fixturenames)",
    "import contextlib\nwith contextlib.nullcontext(item.fixturenames) as names:\n    return 'db' in names",
    "return any('db_x'.startswith(n) for n in item.fixturenames)",
    "import functools\nreturn functools.partial(has, item)('db')",
]
UNTOUCHED = [
    "return 'db' in item.keywords",
    "return item.get_closest_marker('db')",
    "return item.config.getoption('--store') == 'db'",
    "kind = item.config.getoption('--store')\nif 'tmp_path' in item.fixturenames:\n    return kind == 'db'",
    "return item.name == 'db' and 'other' in item.fixturenames",
    "return item.funcargs.get('other') == 'db'",
    "return [v for v in item.funcargs.values() if v == 'db']",
    "return len(item.fixturenames) == 'db'",
    "import re\nreturn any(re.match('x(', n) for n in item.fixturenames)",
    "import stores\nreturn stores.NAMES & set(item.fixturenames)",
]
HEAD = """
import pytest

STORES = {'db', 'cache'}
MARK = 'db'
SEEN = ()
KEPT = set()


class Settings:
    stores = {'db'}


@pytest.fixture
def db(): ...


def has(item, name):
    return name in item.fixturenames


def uses(names):
    return 'db' in names


def seen():
    return 'db' in SEEN


def names_of(item):
    return list(getattr(item, 'fixturenames', ()))


def wanted(item, stores=('db',)):
    return any(s in item.fixturenames for s in stores)


"""


def renamed(body: str) -> tuple[str, str]:
    """The conftest with a function `asks(item)`, before and after the rename."""
    names = {
        n.id
        for n in ast.walk(ast.parse(textwrap.indent(body, "    ").join(("def f():\n", ""))))
        if isinstance(n, ast.Name)
    }
    head = ast.parse(HEAD)
    kept = [ast.unparse(s) for s in head.body if _name(s) in names | {"db", ""}]
    text = "\n".join([*kept, f"def asks(item):\n{textwrap.indent(body, '    ')}\n"])
    files = {"conftest.py": text.encode(), "test_a.py": b"def test_a(db): ...\n"}
    result = golden.run("fixture-rename", [], files)
    return text, (result.changed.get("conftest.py") or b"").decode()


def _name(statement: ast.stmt) -> str:
    targets = getattr(statement, "targets", [])
    return targets[0].id if targets else getattr(statement, "name", "")


def answer(text: str, name: str) -> object:
    def function(other: object, db: object = 0, db_session: object = 0) -> None: ...

    spelled = "db" if name == "db_session" else "db_session"
    function.__code__ = function.__code__.replace(co_varnames=("other", name, f"no_{spelled}"))
    names = [name, "tmp_path"]
    marker = Item(args=(name,))
    item = Item(
        fixturenames=names, funcargs={name: 1}, callspec=Item(params={name: 1}), function=function, config=Item(),
        _fixtureinfo=Item(names_closure=names, name2fixturedefs={name: [1]}), add_marker=lambda mark: None,
        get_closest_marker=lambda wanted: marker, iter_markers=lambda wanted: [marker],
    )  # fmt: skip
    space: dict[str, object] = {}
    exec(text, space)
    return space["asks"](item)  # type: ignore[operator]


@pytest.mark.parametrize("body", FOLLOWED)
def test_what_is_followed_gives_the_same_answer(body: str) -> None:
    before, after = renamed(body)
    assert "def db_session" in after, "nothing was renamed"
    assert answer(after, "db_session") == answer(before, "db")


@pytest.mark.parametrize("body", BLOCKED)
def test_what_cannot_be_followed_stops_the_rename(body: str) -> None:
    assert renamed(body)[1] == ""


@pytest.mark.parametrize("body", UNTOUCHED)
def test_what_asks_for_something_else_stays(body: str) -> None:
    before, after = renamed(body)
    assert after == before.replace("def db()", "def db_session()")
