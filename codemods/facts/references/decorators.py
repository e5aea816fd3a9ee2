"""Decorators that say something about the name or the parameters of what they decorate."""

from __future__ import annotations

# under these a function is called with the arguments that are given for it, and nobody looks at its name or its parameters
SILENT = frozenset({
    "builtins.staticmethod", "builtins.classmethod", "builtins.property", "functools.cached_property", "functools.wraps",
    "functools.lru_cache", "functools.cache", "functools.total_ordering", "abc.abstractmethod", "abc.abstractclassmethod",
    "abc.abstractstaticmethod", "typing.overload", "typing.final", "typing.override", "typing.no_type_check",
    "typing_extensions.overload", "typing_extensions.final", "typing_extensions.override", "typing_extensions.deprecated",
    "contextlib.contextmanager", "contextlib.asynccontextmanager", "warnings.deprecated", "types.coroutine",
    "asyncio.coroutine", "unittest.skip", "unittest.skipIf", "unittest.skipUnless",
})  # fmt: skip
