"""What async-mock relies on, asked of the mock library itself."""

from __future__ import annotations

import asyncio
import functools
import unittest.mock
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import AsyncMock, MagicMock, Mock, create_autospec, patch

import pytest


async def work() -> int:
    return 1


def blocking(function: Any) -> Any:
    @functools.wraps(function)
    def wrapper(*args: Any) -> Any:
        return asyncio.run(function(*args))

    return wrapper


class Api:
    async def fetch(self) -> int:
        return 1

    @staticmethod
    async def make() -> int:
        return 1

    @classmethod
    async def build(cls) -> int:
        return 1

    def url(self) -> str:
        return ""

    def later(self) -> Any:
        return self.fetch()

    @property
    async def size(self) -> int:
        return 1

    @asynccontextmanager
    async def session(self) -> AsyncIterator[int]:
        yield 1

    async def rows(self) -> AsyncIterator[int]:
        yield 1

    @blocking
    async def wrapped(self) -> int:
        return 1

    cached = functools.lru_cache(fetch)
    partial = functools.partialmethod(fetch)


class Child(Api):
    pass


def awaited(value: Any) -> Any:
    async def go() -> Any:
        return await value

    return asyncio.run(go())


@pytest.mark.parametrize("name", ["fetch", "make", "build"])
def test_patch_makes_an_async_mock_for_a_coroutine_function_by_itself(name: str) -> None:
    for target in (Api, Child):
        with patch.object(target, name) as mock:
            assert isinstance(mock, AsyncMock)
        with patch.object(target, name, return_value=1, spec=True) as mock:
            assert isinstance(mock, AsyncMock)


@pytest.mark.parametrize("name", ["url", "later", "session", "rows", "wrapped", "cached"])
def test_patch_makes_a_magic_mock_for_anything_else(name: str) -> None:
    with patch.object(Api, name) as mock:
        assert isinstance(mock, MagicMock)


def test_spec_types_the_children_and_a_list_of_names_does_not() -> None:
    for mock in (Mock(spec=Api), MagicMock(spec=Api), create_autospec(Api, instance=True)):
        assert isinstance(mock.fetch, AsyncMock | type(create_autospec(work)))
        assert not isinstance(mock.url, AsyncMock)
    assert not isinstance(AsyncMock(spec=Api).url, AsyncMock)
    assert not isinstance(MagicMock(spec=["fetch"]).fetch, AsyncMock)


def test_a_patched_class_without_autospec_types_nothing() -> None:
    with patch(f"{__name__}.Api") as cls:
        assert not isinstance(cls.return_value.fetch, AsyncMock)
    with patch(f"{__name__}.Api", spec=True) as cls:
        assert isinstance(cls.return_value.fetch, AsyncMock)


def test_a_new_mock_injects_no_argument_and_new_callable_does() -> None:
    with patch(f"{__name__}.work", new=AsyncMock()) as mock:
        assert mock is work

    @patch(f"{__name__}.work", Mock())
    def none() -> str:
        return "no argument"

    @patch(f"{__name__}.work", new_callable=MagicMock)
    def one(mock: Any) -> Any:
        return mock

    assert none() == "no argument"
    assert isinstance(one(), MagicMock)


def test_children_and_results_of_an_async_mock_are_async() -> None:
    mock = AsyncMock()
    assert isinstance(mock.child, AsyncMock)
    assert isinstance(mock.return_value, AsyncMock)
    assert isinstance(AsyncMock(return_value=MagicMock()).return_value.json, MagicMock)
    assert not isinstance(AsyncMock(return_value=Mock()).return_value.json, AsyncMock)


def test_its_call_can_be_neither_entered_nor_iterated() -> None:
    async def enter() -> None:
        call = AsyncMock()()
        try:
            async with call:
                pass
        finally:
            call.close()

    async def iterate() -> None:
        call = AsyncMock()()
        try:
            async for _ in call:
                pass
        finally:
            call.close()

    for go in (enter, iterate):
        with pytest.raises(TypeError):
            asyncio.run(go())


def test_an_async_mock_is_a_mock_and_no_magic_mock() -> None:
    assert issubclass(AsyncMock, Mock)
    assert not issubclass(AsyncMock, MagicMock)


def test_an_async_side_effect_is_awaited_and_a_lambda_that_gives_a_coroutine_is_not() -> None:
    assert awaited(AsyncMock(side_effect=work)()) == 1
    assert awaited(Mock(side_effect=work)()) == 1
    assert awaited(AsyncMock(side_effect=Api().fetch)()) == 1
    assert awaited(AsyncMock(wraps=work)()) == 1
    coroutine = awaited(AsyncMock(side_effect=lambda: work())())
    assert asyncio.iscoroutine(coroutine)
    coroutine.close()


def test_a_future_is_wrapped_twice() -> None:
    async def go() -> None:
        future = asyncio.get_running_loop().create_future()
        future.set_result(3)
        assert await Mock(return_value=future)() == 3
        assert await AsyncMock(return_value=future)() is future

    asyncio.run(go())


def test_an_exhausted_list_of_side_effects_raises_another_exception() -> None:
    with pytest.raises(StopIteration):
        Mock(side_effect=[])()
    with pytest.raises(StopAsyncIteration):
        awaited(AsyncMock(side_effect=[])())


def test_an_exception_is_raised_when_it_is_awaited() -> None:
    call = AsyncMock(side_effect=OSError)()
    with pytest.raises(OSError):
        awaited(call)


def test_each_call_is_a_new_coroutine() -> None:
    mock = AsyncMock()
    call = mock()
    assert call is not mock.return_value
    call.close()


def test_only_an_async_mock_knows_of_awaits() -> None:
    with pytest.raises(AttributeError):
        Mock().assert_awaited_once()
    mock = AsyncMock()
    awaited(mock())
    mock.assert_awaited_once()


def test_a_mock_of_a_coroutine_function_gives_coroutines_already() -> None:
    for mock in (Mock(work), MagicMock(spec=work)):
        call = mock()
        assert asyncio.iscoroutine(call)
        call.close()


def test_keywords_of_a_child_are_set_before_those_below_it() -> None:
    mock = Mock(**{"fetch.return_value": 3, "fetch": AsyncMock()})
    assert awaited(mock.fetch()) == 3
    mock = Mock(**{"fetch": AsyncMock(), "fetch.side_effect": [4]})
    assert awaited(mock.fetch()) == 4


def test_magic_methods_still_work() -> None:
    mock = AsyncMock()
    assert len(mock) == 0
    assert list(mock) == []
    assert bool(mock)


def test_the_module_has_no_other_async_mock() -> None:
    assert unittest.mock.AsyncMock is AsyncMock


def test_what_a_magic_mock_enters_as_is_async_and_a_plain_mock_cannot_be_entered() -> None:
    assert isinstance(MagicMock().__aenter__.return_value.json, AsyncMock)
    assert not isinstance(MagicMock().__enter__.return_value.json, AsyncMock)
    with pytest.raises(AttributeError):
        Mock().__aenter__  # noqa: B018
