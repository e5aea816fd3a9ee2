"""Real test suites that run here from a pinned source distribution: data only.

`install` is what pip puts into the suite's own environment; the tree under test comes first on the
path. `overlay` names an installed package whose compiled modules are copied into the tree.
"""

from __future__ import annotations

from dataclasses import dataclass

from sdists import Sdist


@dataclass(frozen=True)
class Step:
    """One codemod on one suite. `prepare` names what makes its work (see run.py)."""

    codemod: str
    arguments: tuple[str, ...] = ()
    prepare: str = ""


def rename(old: str, new: str) -> Step:
    return Step("fixture-rename", ("--old", old, "--new", new))


@dataclass(frozen=True)
class Suite:
    sdist: Sdist
    install: tuple[str, ...]
    command: tuple[str, ...]
    proves: str
    steps: tuple[Step, ...] = ()
    path: str = "."
    overlay: str = ""
    packages: tuple[str, ...] = ()  # folders that are imported and type-checked for a comparison
    checkout: str = ""  # a folder to take the source from, in place of the distribution


PYTEST = ("pytest==9.0.2",)
ASYNCIO = (*PYTEST, "pytest-asyncio==1.4.0")

OLDER = ("pytest==8.3.5", "pytest-asyncio==0.24.0")  # for suites that ask for the fixture event_loop

MOCKS = (
    Step("async-mock"),
    Step("async-mock", prepare="no-async-mock"),
    Step("async-mock", ("--unsafe",), prepare="no-async-mock"),
)

SUITES = (
    Suite(
        Sdist(
            "flask-sqlalchemy",
            "3.1.1",
            "e4b68bb881802dda1a7d878b2fc84c06d1ee57fb40b874d3dc97dabfa36b8312",
        ),
        install=(*PYTEST, "flask-sqlalchemy==3.1.1", "flask==3.1.2", "sqlalchemy==2.0.44"),
        command=("tests",),
        path="src",
        proves="`db` beside locals, attributes and keywords of the same name",
        steps=(rename("db", "database"), rename("app", "flask_app"), rename("Todo", "Task")),
    ),
    Suite(
        Sdist(
            "sqlalchemy-utils",
            "0.43.0",
            "7e8741dbc2c0f992d2181cd69de13de292b3a2a5305a9da832e10d540abcedbf",
        ),
        install=(
            *PYTEST,
            "sqlalchemy-utils==0.43.0",
            "sqlalchemy==2.0.44",
            *("flexmock", "pytz", "Babel", "Jinja2", "Pygments", "docutils", "arrow", "furl"),
            *("intervals", "colour", "passlib", "phonenumbers", "pendulum", "cryptography"),
            *("psycopg2-binary", "python-dateutil", "pymysql", "psycopg[binary]"),
        ),
        command=("tests",),
        proves="overrides in modules and classes of what the conftest defines, inherited tests",
        steps=(
            rename("session", "db_session"),
            rename("connection", "db_connection"),
            rename("init_models", "declare_models"),
        ),
    ),
    Suite(
        Sdist(
            "advanced-alchemy",
            "1.12.0",
            "65d9349f91dc01327da93ece64a578c8942ce51425113116c0e28a94e6f34d4d",
        ),
        install=(
            *ASYNCIO,
            "advanced-alchemy==1.12.0",
            *("aiosqlite", "litestar[jwt,cli]", "fastapi", "flask[async]", "sanic", "sanic-ext"),
            *("sanic-testing", "starlette", "httpx", "pytest-mock", "pytest-lazy-fixtures"),
            *("polyfactory", "time-machine", "attrs", "cattrs", "msgspec", "orjson", "click"),
            *(
                "pytest-databases[postgres,oracle,cockroachdb,bigquery,spanner]",
                "pytest-rerunfailures",
                "asgi-lifespan",
                "typer",
                "sqlmodel",
                "python-multipart",
                "rich-click",
                "fsspec",
                "argon2-cffi",
                "passlib",
                "pwdlib",
            ),
            *(
                "obstore",
                "python-multipart",
                "numpy",
                "dishka",
                "duckdb-engine",
                "rich",
                "uuid-utils",
            ),
        ),
        command=("tests/unit",),
        proves="async fixtures, plugins' fixtures, several conftest levels",
        steps=(
            rename("app", "application"),
            rename("client", "http_client"),
            rename("config", "alchemy_config"),
            rename("session", "db_session"),
            *MOCKS,
        ),
    ),
    Suite(
        Sdist("dishka", "1.10.1", "51fb624b9acc948b90f57128460061d1f3a1780121fe1c7d14c565e8bbff2083"),
        install=(
            *ASYNCIO,
            "dishka==1.10.1",
            "asgi-lifespan",
            "pytest-repeat",
            "litestar",
            "quart",
            "click",
            "typer",
            "aiogram",
            "aiogram-dialog",
            "taskiq",
            "arq",
            "httpx",
            "fastapi",
            "starlette",
            "aiohttp",
            "flask",
        ),
        command=("-o", "addopts=", "tests"),
        path="src",
        proves="strict mode with many marks; the same fixture name in many modules",
        steps=(
            rename("client", "app_client"),
            rename("app_provider", "provider"),
            Step("asyncio-mark", prepare="strip-asyncio"),
        ),
    ),
    Suite(
        Sdist(
            "zeroconf",
            "0.154.0",
            "830315497af9bbd75924c2218cd3b64f0bde0e808ee316aabb5d9288836c0c43",
        ),
        install=(*ASYNCIO, "zeroconf==0.154.0", "pytest-timeout", "pytest-codspeed"),
        command=(
            "-p",
            "no:cacheprovider",
            "-o",
            "addopts=",
            "--deselect",
            "tests/test_circular_imports.py",
            "tests",
        ),
        path="src",
        proves="strict mode by default with 144 marks",
        steps=(Step("asyncio-mark", prepare="strip-asyncio"),),
    ),
    Suite(
        Sdist("gql", "4.4.0b1", "9021b552f4c2140371187a7d1e4e2dd828e524f1aff6cc7688ca57f020325c0b"),
        install=(
            *ASYNCIO,
            "gql[aiohttp,httpx,requests,websockets]==4.4.0b1",
            "parse",
            "vcrpy",
            "pytest-console-scripts",
        ),
        command=("-p", "no:cacheprovider", "-m", "not online", "tests"),
        proves="strict mode by default; async tests that a conftest skips by option and by platform",
        steps=(Step("asyncio-mark", prepare="strip-asyncio"),),
    ),
    Suite(
        Sdist("pandas", "3.1.1", "05fed3e3b7c99b226f160e29d7d6cb7ef39638c758cbfe42b3f24ba34f04b859"),
        install=(*PYTEST, "pandas==3.1.1", "hypothesis==6.148.7"),
        command=("pandas/tests/extension",),
        overlay="pandas",
        proves="one name overridden in a dozen modules, requested by inherited classes",
        steps=(rename("data", "array_data"), rename("dtype", "array_dtype")),
    ),
    Suite(
        Sdist("aiogram", "3.31.0", "f2c5064fe52d88898c86af62261c405440a014216e45dd99b2c6555a5602ce30"),
        install=(
            *ASYNCIO,
            "aiogram==3.31.0",
            "aiohttp-socks",
            "pytest-mock",
            "pytest-aiohttp",
            "aresponses",
            "pytz",
            "redis",
            "motor",
            "pymongo",
            "pycryptodomex",
            "cryptography",
            "Babel",
        ),
        command=("-m", "not integration", "tests"),
        proves="auto mode stays unmarked; AsyncMock on typed objects",
        steps=(
            rename("bot", "fake_bot"),
            rename("storage_key", "state_key"),
            Step("asyncio-mark"),
            *MOCKS,
        ),
    ),
    Suite(
        Sdist(
            "python-engineio",
            "4.15.1",
            "1a412e798a90c64fabe7b20798939ae6d4a03f34da8a33d5a21a25a8bbbc3612",
        ),
        install=(
            *ASYNCIO,
            "python-engineio==4.15.1",
            "aiohttp",
            "requests",
            "websocket-client",
            "tornado",
            "websockets",
        ),
        command=("tests",),
        path="src",
        proves="270 AsyncMocks on project classes",
        steps=MOCKS,
    ),
    Suite(
        Sdist(
            "python-socketio",
            "5.18.1",
            "07ab0e7c94a52833a67af1dc05958ad6fb0de69adc87de9198a61b22588c40d4",
        ),
        install=(
            *ASYNCIO,
            "python-socketio==5.18.1",
            *("simple-websocket", "uvicorn", "requests", "websocket-client", "aiohttp", "msgpack"),
            *("redis", "valkey", "pytest-timeout"),
        ),
        command=("-p", "no:logging", "tests"),
        path="src",
        proves="200 AsyncMocks, many on helpers that give mocks",
        steps=MOCKS,
    ),
    Suite(
        Sdist(
            "sqlmodel",
            "0.0.50",
            "8828720c5b6c397df72cdd055286846a352b614da80c1ba05ab7a57b2bb90821",
        ),
        install=(
            *PYTEST,
            "sqlmodel==0.0.50",
            *("sqlalchemy[asyncio]", "aiosqlite", "alembic", "black", "dirty-equals", "fastapi"),
            *("httpx", "jinja2", "pymysql[rsa]", "pyyaml", "ruff", "typing-extensions"),
            *("typer", "coverage[toml]", "mypy", "inline-snapshot", "httpx2"),
        ),
        command=("-o", "addopts=", "tests"),
        proves="fixtures named by `name=`: the string changes, the function keeps its name",
        steps=(rename("print_mock", "printed"), rename("session", "db_session")),
    ),
    Suite(
        Sdist(
            "async-upnp-client",
            "0.38.2",
            "e6b9ff5f010e551a32835cd39790c68f1e7d5b9bcbf027b9716d3d6ac04201d5",
        ),
        install=(*OLDER, "async-upnp-client==0.38.2", "pytest-aiohttp"),
        command=("tests",),
        proves="AsyncMocks of a handler whose type a helper module gives",
        steps=MOCKS,
    ),
    Suite(
        Sdist("bellows", "0.41.0", "0f7df9b308a9fefcaae6f89c3aae2f68c50e843de9ed1e0b74bc9ce126589b39"),
        install=(*ASYNCIO, "bellows==0.41.0", "zigpy==0.69.0", "pytest-timeout"),
        command=("tests",),
        proves="AsyncMocks of protocol commands that are attributes by `__getattr__`",
        steps=MOCKS,
    ),
    Suite(
        Sdist("google-auth", "2.63.0", "f198b99dd49e81f96f54abce2c03d4dd28fb7e3c77702eb6ae1c5bf25435054c"),
        install=(
            *ASYNCIO,
            "google-auth[aiohttp,requests,pyjwt,reauth,urllib3]==2.63.0",
            *("grpcio", "flask", "freezegun", "pytest-localserver", "responses", "aioresponses", "packaging"),
        ),
        command=("tests",),
        proves="a plain and an async half side by side; callables by `__call__`",
        steps=MOCKS,
    ),
    Suite(
        Sdist(
            "google-api-core",
            "2.44.0",
            "5ab9a396965c1227d7dea4581e562b7018aa2bca96d2de0be5eb70dc9c8ab3a1",
        ),
        install=(*ASYNCIO, "google-api-core[grpc,async-rest,testing]==2.44.0"),
        command=("tests/asyncio", "tests/unit"),
        proves="callables that are wrapped and handed on; one attribute awaited here and called there",
        steps=MOCKS,
    ),
    Suite(
        Sdist("zigpy", "0.69.0", "8e1c6e2f5fc42d3698544975a49e202c176e024ec8364a6f181da5723f4a8c44"),
        install=(
            *OLDER,
            *("zigpy==0.69.0", "aiohttp<3.14", "aioresponses", "freezegun", "pytest-timeout", "tomli"),
        ),
        command=("tests",),
        proves="a project's own module gives the mock library's names",
        steps=MOCKS,
    ),
    Suite(
        Sdist("aiocache", "0.12.3", "f528b27bf4d436b497a1d0d1a8f59a542c153ab1e37c3621713cb376d44c4713"),
        install=(
            *OLDER,
            *("aiocache[redis,memcached,msgpack]==0.12.3", "aiohttp", "marshmallow<4", "pytest-mock", "Cython"),
        ),
        command=("-o", "addopts=", "-W", "default", "tests/ut"),
        proves="mocks of a library's clients; a conftest with a condition",
        steps=(Step("asyncio-mark", ("--mode", "strict")), *MOCKS),
    ),
)
