"""What well-known decorators make of a function."""

from __future__ import annotations

from collections.abc import Iterable

# Decorators that leave a coroutine function one, by dotted name; a trailing dot is a prefix.
TRANSPARENT = (
    "abc.abstractmethod", "builtins.staticmethod", "builtins.classmethod", "typing.", "typing_extensions.",
    "tenacity.retry", "backoff.on_exception", "backoff.on_predicate", "retrying.retry", "stamina.retry",
    "functools.wraps", "warnings.deprecated", "deprecated.", "deprecation.deprecated",
    "fastapi.", "starlette.", "aiohttp.web.", "quart.", "litestar.", "pydantic.validate_call",
    "zigpy.", "pytest.mark.", "unittest.mock.patch", "mock.patch", "unittest.skip", "unittest.skipIf",
)  # fmt: skip
SYNC = (
    "functools.lru_cache", "functools.cache", "functools.singledispatch", "asgiref.sync.async_to_sync",
    "asyncio.run",
)  # fmt: skip
MANAGERS = ("contextlib.asynccontextmanager", "contextlib.contextmanager", "async_generator.asynccontextmanager")


def matches(name: str, table: Iterable[str]) -> bool:
    """Whether a dotted name stands in a table."""
    return any(name == t or (t.endswith(".") and name.startswith(t)) for t in table)
