"""The libraries of the knowledge base: what is written of them holds together, and what a reader knows of them by heart is so."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from codemods.engine.known import Project
from codemods.facts.exceptions import knowledge
from codemods.facts.exceptions.annotations import split_items
from codemods.facts.modules import Modules
from codemods.facts.types.resolve import Resolver

LIBRARIES = sorted({path.stem for path in knowledge.libraries().values()} - {"stdlib"})
WORDS = {"o", "r", "f", "x", "s", "d", "b", "w", "u"}
TWELVE = {
    "requests", "httpx", "aiohttp", "urllib3", "redis", "sqlalchemy", "psycopg", "pymongo", "botocore", "yaml", "jwt", "pydantic",
}  # fmt: skip


def _read(library: str) -> dict[str, dict[str, Any]]:
    modules: dict[str, dict[str, Any]] = json.loads((knowledge.FOLDER / f"{library}.json").read_text("utf-8"))[
        "modules"
    ]
    return modules


ALL: dict[str, dict[str, Any]] = {}
for _library in LIBRARIES:
    ALL |= _read(_library)


def _followed(dotted: str) -> tuple[str, str]:
    """The module and the name in it that a dotted name ends at."""
    for _ in range(9):
        parts = dotted.split(".")
        module = next((".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1) if ".".join(parts[:n]) in ALL), "")
        name = dotted[len(module) + 1 :] if module else dotted
        first, dot, rest = name.partition(".")
        alias = ALL.get(module, {}).get("aliases", {}).get(first)
        if alias is None:
            return module, name
        dotted = alias + dot + rest
    raise AssertionError(dotted)


def _above(dotted: str) -> set[str]:
    """A class and all its bases, as dotted names of where they stand; those of the standard library by what Python itself says."""
    module, name = _followed(dotted)
    own = f"{module}.{name}" if module else name
    if own.partition(".")[0] in sys.stdlib_module_names:
        home, _, last = own.rpartition(".")
        cls = getattr(importlib.import_module(home), last)
        return {own, *(f"{c.__module__}.{c.__name__}" for c in cls.__mro__)}
    found = {own}
    for base in ALL.get(module, {}).get("classes", {}).get(name, {}).get("bases", ()):
        found |= _above(base)
    return found


def _raises(dotted: str) -> set[str]:
    module, name = _followed(dotted)
    told = ALL[module]["callables"][name]
    return {".".join(filter(None, _followed(cls))) for cls in told["raises"]}


def _entries() -> Iterator[tuple[str, str, str]]:
    for module, written in ALL.items():
        for name, told in written.get("callables", {}).items():
            for cls, words in told.get("raises", {}).items():
                yield f"{module}.{name}", cls, words


def test_the_twelve_are_there() -> None:
    assert set(LIBRARIES) >= TWELVE


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_file_says_where_it_comes_from_and_belongs_to_its_modules(library: str) -> None:
    written = json.loads((knowledge.FOLDER / f"{library}.json").read_text("utf-8"))
    assert written["library"] == library
    assert written["versions"]
    tops = {top for top, path in knowledge.libraries().items() if path.stem == library}
    assert {module.partition(".")[0] for module in written["modules"]} <= tops


def test_what_is_raised_is_an_exception_and_has_evidence() -> None:
    for name, cls, words in _entries():
        assert "builtins.BaseException" in _above(cls), (name, cls)
        assert {word[0] for word in words.split()} <= WORDS, (name, words)


def test_only_what_a_static_source_says_exactly_is_total() -> None:
    total = [told for written in ALL.values() for told in written.get("callables", {}).values() if told.get("total")]
    assert all("x" in words for told in total for words in told["raises"].values())


def test_aliases_lead_somewhere() -> None:
    lost = []
    for module, written in ALL.items():
        for name, path in written.get("aliases", {}).items():
            root = split_items(path)[1].lstrip("^").rstrip("*()")
            end, inner = _followed(root)
            there = root in ALL or root.partition(".")[0] not in knowledge.libraries() or end not in ALL
            first = inner.partition(".")[0]
            parts = ALL.get(end, {})
            if not (
                there
                or first in parts.get("classes", {})
                or first in parts.get("callables", {})
                or f"{end}.{first}" in ALL
            ):
                lost.append(f"{module}.{name} = {path}")
    assert lost == []


@pytest.mark.parametrize(
    ("cls", "base", "expected"),
    [
        ("requests.RequestException", "builtins.OSError", True),
        ("requests.exceptions.JSONDecodeError", "builtins.ValueError", True),
        ("requests.exceptions.JSONDecodeError", "requests.exceptions.RequestException", True),
        ("requests.ConnectionError", "builtins.ConnectionError", False),
        ("requests.Timeout", "builtins.TimeoutError", False),
        ("requests.exceptions.InvalidURL", "builtins.ValueError", True),
        ("httpx.ConnectTimeout", "httpx.RequestError", True),
        ("httpx.HTTPStatusError", "httpx.HTTPError", True),
        ("httpx.InvalidURL", "httpx.HTTPError", False),
        ("httpx.ResponseNotRead", "httpx.HTTPError", False),
        ("httpx.TimeoutException", "builtins.TimeoutError", False),
        ("aiohttp.ServerTimeoutError", "builtins.TimeoutError", True),
        ("aiohttp.ClientConnectorError", "builtins.OSError", True),
        ("aiohttp.ContentTypeError", "aiohttp.ClientResponseError", True),
        ("aiohttp.ClientError", "builtins.OSError", False),
        ("urllib3.exceptions.MaxRetryError", "urllib3.exceptions.HTTPError", True),
        ("urllib3.exceptions.LocationParseError", "builtins.ValueError", True),
        ("redis.ConnectionError", "redis.RedisError", True),
        ("redis.ConnectionError", "builtins.ConnectionError", False),
        ("redis.exceptions.TimeoutError", "builtins.TimeoutError", False),
        ("redis.exceptions.LockError", "builtins.ValueError", True),
        ("sqlalchemy.exc.IntegrityError", "sqlalchemy.exc.SQLAlchemyError", True),
        ("sqlalchemy.exc.NoResultFound", "sqlalchemy.exc.InvalidRequestError", True),
        ("sqlalchemy.orm.exc.StaleDataError", "sqlalchemy.exc.SQLAlchemyError", True),
        ("psycopg.errors.UniqueViolation", "psycopg.IntegrityError", True),
        ("psycopg.OperationalError", "builtins.OSError", False),
        ("psycopg2.OperationalError", "psycopg2.Error", True),
        ("pymongo.errors.DuplicateKeyError", "pymongo.errors.PyMongoError", True),
        ("bson.errors.InvalidId", "pymongo.errors.PyMongoError", False),
        ("botocore.exceptions.ClientError", "botocore.exceptions.BotoCoreError", False),
        ("botocore.exceptions.NoCredentialsError", "botocore.exceptions.BotoCoreError", True),
        ("boto3.exceptions.S3UploadFailedError", "botocore.exceptions.BotoCoreError", False),
        ("yaml.scanner.ScannerError", "yaml.YAMLError", True),
        ("yaml.YAMLError", "builtins.ValueError", False),
        ("jwt.ExpiredSignatureError", "jwt.InvalidTokenError", True),
        ("jwt.PyJWKClientError", "jwt.InvalidTokenError", False),
        ("pydantic.ValidationError", "builtins.ValueError", True),
        ("orjson.JSONDecodeError", "builtins.ValueError", True),
        ("fastapi.HTTPException", "starlette.exceptions.HTTPException", True),
        ("openai.RateLimitError", "openai.APIError", True),
        ("openai.APITimeoutError", "builtins.TimeoutError", False),
        ("anthropic.APIConnectionError", "anthropic.AnthropicError", True),
        ("django.db.IntegrityError", "django.db.DatabaseError", True),
        ("django.core.exceptions.ObjectDoesNotExist", "builtins.LookupError", False),
        ("dateutil.parser.ParserError", "builtins.ValueError", True),
        ("packaging.version.InvalidVersion", "builtins.ValueError", True),
        ("paramiko.AuthenticationException", "paramiko.SSHException", True),
        ("paramiko.SSHException", "builtins.OSError", False),
        ("docker.errors.APIError", "requests.exceptions.HTTPError", True),
        ("PIL.UnidentifiedImageError", "builtins.OSError", True),
        ("werkzeug.exceptions.BadRequest", "werkzeug.exceptions.HTTPException", True),
        ("lxml.etree.XMLSyntaxError", "builtins.SyntaxError", True),
        ("asyncpg.exceptions.UniqueViolationError", "asyncpg.PostgresError", True),
        ("psutil.NoSuchProcess", "psutil.Error", True),
        ("websockets.exceptions.ConnectionClosedOK", "websockets.exceptions.ConnectionClosed", True),
    ],
)  # fmt: skip
def test_classes_have_their_real_bases(cls: str, base: str, expected: bool) -> None:
    module, name = _followed(base)
    assert ((f"{module}.{name}" if module else name) in _above(cls)) is expected


@pytest.mark.parametrize(
    ("callable_", "classes"),
    [
        ("requests.get", {"requests.RequestException"}),
        ("requests.Session.post", {"requests.RequestException"}),
        ("requests.Response.json", {"requests.exceptions.JSONDecodeError"}),
        ("requests.Response.raise_for_status", {"requests.HTTPError"}),
        ("httpx.get", {"httpx.RequestError", "httpx.InvalidURL"}),
        ("httpx.AsyncClient.post", {"httpx.RequestError", "httpx.InvalidURL"}),
        ("httpx.Response.raise_for_status", {"httpx.HTTPStatusError"}),
        ("aiohttp.ClientSession.get", {"aiohttp.ClientError", "builtins.TimeoutError"}),
        ("aiohttp.ClientResponse.json", {"aiohttp.ClientError", "json.decoder.JSONDecodeError"}),
        ("redis.commands.core.BasicKeyCommands.get", {"redis.RedisError"}),
        ("redis.Redis.from_url", {"builtins.ValueError"}),
        ("sqlalchemy.engine.Connection.execute", {"sqlalchemy.exc.SQLAlchemyError"}),
        ("sqlalchemy.orm.Session.commit", {"sqlalchemy.exc.SQLAlchemyError"}),
        ("sqlalchemy.ext.asyncio.AsyncSession.execute", {"sqlalchemy.exc.SQLAlchemyError"}),
        ("psycopg.Cursor.execute", {"psycopg.Error"}),
        ("psycopg2.connect", {"psycopg2.Error"}),
        ("pymongo.collection.Collection.insert_one", {"pymongo.errors.PyMongoError", "bson.errors.BSONError"}),
        ("boto3.client", {"botocore.exceptions.BotoCoreError"}),
        ("botocore.client.BaseClient.__getattr__", {"botocore.exceptions.BotoCoreError", "botocore.exceptions.ClientError"}),
        ("yaml.safe_load", {"yaml.YAMLError"}),
        ("jwt.decode", {"jwt.InvalidTokenError"}),
        ("pydantic.BaseModel.__init__", {"pydantic.ValidationError"}),
        ("pydantic.BaseModel.model_validate", {"pydantic.ValidationError"}),
        ("urllib3.PoolManager.urlopen", {"urllib3.exceptions.HTTPError"}),
        ("starlette.requests.Request.json", {"json.decoder.JSONDecodeError", "starlette.requests.ClientDisconnect"}),
        ("openai.resources.chat.completions.Completions.create", {"openai.OpenAIError"}),
        ("anthropic.resources.messages.Messages.create", {"anthropic.AnthropicError"}),
        ("django.db.models.QuerySet.get", {"django.core.exceptions.ObjectDoesNotExist", "django.db.Error"}),
        ("alembic.op.add_column", {"sqlalchemy.exc.SQLAlchemyError"}),
        ("packaging.version.parse", {"packaging.version.InvalidVersion"}),
        ("dateutil.parser.parse", {"dateutil.parser.ParserError", "builtins.OverflowError"}),
        ("orjson.loads", {"orjson.JSONDecodeError"}),
        ("paramiko.SSHClient.connect", {"paramiko.SSHException", "builtins.OSError"}),
        ("docker.client.DockerClient.from_env", {"docker.errors.DockerException"}),
        ("psutil.Process.kill", {"psutil.Error"}),
    ],
)  # fmt: skip
def test_callables_raise_what_their_documentation_says(callable_: str, classes: set[str]) -> None:
    assert {".".join(filter(None, _followed(cls))) for cls in classes} <= _raises(callable_)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("requests.get()", "Response"),
        ("requests.Session().get().raise_for_status", "Response.raise_for_status"),
        ("requests.sessions.Session()", "Session"),
        ("httpx.AsyncClient().get().json", "Response.json"),
        ("redis.Redis().pipeline().execute", "Pipeline.execute"),
        ("redis.from_url().get", "BasicKeyCommands.get"),
        ("redis.asyncio.from_url().get", "BasicKeyCommands.get"),
        ("sqlalchemy.create_engine().connect().execute", "Connection.execute"),
        ("sqlalchemy.orm.sessionmaker()().commit", "Session.commit"),
        ("psycopg.connect().cursor().execute", "Cursor.execute"),
        ("psycopg2.connect().cursor().execute", "cursor.execute"),
        ("boto3.client().get_paginator().paginate", "Paginator.paginate"),
        ("boto3.Session().client()", "BaseClient"),
        ("jwt.decode", "PyJWT.decode"),
        ("yaml.safe_load", "safe_load"),
        ("pymongo.MongoClient().server_info", "MongoClient.server_info"),
        ("pydantic.TypeAdapter().validate_python", "TypeAdapter.validate_python"),
        ("openai.OpenAI().chat.completions.create", "Completions.create"),
        ("openai.AsyncOpenAI().embeddings.create", "AsyncEmbeddings.create"),
        ("anthropic.Anthropic().messages.create", "Messages.create"),
        ("docker.from_env().containers.get", "ContainerCollection.get"),
        ("fastapi.Request().json", "Request.json"),
        ("django.db.connection.cursor().execute", "CursorWrapper.execute"),
        ("paramiko.SSHClient().open_sftp().put", "SFTPClient.put"),
        ("requests.get().no_such_method", None),
        ("httpx.no_such_function()", None),
    ],
)  # fmt: skip
def test_a_receiver_is_known_from_what_made_it(path: str, expected: str | None) -> None:
    resolver = Resolver({}, Modules(Project(paths=())), table=knowledge.Modules())
    entity = resolver.resolve(path, "app.py")
    assert (entity.name if entity is not None else None) == expected
