"""Which fixtures fixture-scope takes for a database's by their name."""

from __future__ import annotations

import re

import pytest

from codemods.fixture_scope import FixtureScope

DATABASES = [
    "db",
    "dbs",
    "database",
    "databases",
    "session",
    "sessions",
    "async_session",
    "async_sessions",
    "_session",
    "db_session",
    "session_db",
    "test_db",
    "mock_db",
    "db_session_factory",
    "async_db_session",
    "users_database",
    "database_url",
    "db_engine",
    "_db",
    "sqlalchemy_db_session",
]
OTHERS = [
    "mock_session",
    "sample_session_id",
    "aiohttp_session",
    "auth_session",
    "session_manager",
    "session_id",
    "http_session",
    "client_session",
    "session_token",
    "requests_session",
    "chat_session",
    "session_factory",
    "user_sessions",
    "session_cookie",
    "test_session",
    "agent_session",
    "boto_session",
    "debug",
    "feedback",
    "adbshell",
    "dbt",
    "possession",
    "obsession_rate",
    "dashboard",
    "sessionless",
]


@pytest.mark.parametrize("name", DATABASES)
def test_a_databases_name(name: str) -> None:
    assert re.search(FixtureScope().match, name)


@pytest.mark.parametrize("name", OTHERS)
def test_the_name_of_something_else(name: str) -> None:
    assert not re.search(FixtureScope().match, name)
