# args: --async-decorator mylib.traced --sync-decorator mylib.blocking
# unsafe: 62
import asyncio
import functools
from unittest.mock import Mock

import mylib
from tenacity import retry


def logged(f):
    @functools.wraps(f)
    async def wrapper(*args):
        return await f(*args)

    return wrapper


def limited(n):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args):
            return asyncio.run(f(*args))

        return wrapper

    return decorate


def registered(f):
    mylib.register(f)
    return f


class Api:
    @logged
    async def a(self): ...

    @limited(3)
    async def b(self): ...

    @registered
    @retry(stop=3)
    async def c(self): ...

    @mylib.unknown
    async def d(self): ...

    @mylib.traced
    async def e(self): ...

    @mylib.blocking()
    async def f(self): ...

    @functools.lru_cache
    async def g(self): ...


def test_api():
    api = Api()
    api.a = Mock()
    api.b = Mock()
    api.c = Mock()
    api.d = Mock()
    api.e = Mock()
    api.f = Mock()
    api.g = Mock()
# output
import asyncio
import functools
from unittest.mock import AsyncMock, Mock

import mylib
from tenacity import retry


def logged(f):
    @functools.wraps(f)
    async def wrapper(*args):
        return await f(*args)

    return wrapper


def limited(n):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args):
            return asyncio.run(f(*args))

        return wrapper

    return decorate


def registered(f):
    mylib.register(f)
    return f


class Api:
    @logged
    async def a(self): ...

    @limited(3)
    async def b(self): ...

    @registered
    @retry(stop=3)
    async def c(self): ...

    @mylib.unknown
    async def d(self): ...

    @mylib.traced
    async def e(self): ...

    @mylib.blocking()
    async def f(self): ...

    @functools.lru_cache
    async def g(self): ...


def test_api():
    api = Api()
    api.a = AsyncMock()
    api.b = Mock()
    api.c = AsyncMock()
    api.d = Mock()
    api.e = AsyncMock()
    api.f = Mock()
    api.g = Mock()
