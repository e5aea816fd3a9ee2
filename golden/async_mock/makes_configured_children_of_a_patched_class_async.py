from unittest.mock import MagicMock, patch


class Resolver:
    def __init__(self): ...

    async def resolve(self, name): ...

    async def close(self): ...

    def names(self): ...


@patch("test_case.Resolver")
def test_resolver(resolver):
    resolver.return_value.resolve.return_value = ("a", {})
    resolver.return_value.names.return_value = []
    resolver.return_value.close.side_effect = OSError  # a comment


def test_instance():
    with patch("test_case.Resolver") as cls:
        instance = cls.return_value
        instance.resolve.return_value = 1, 2
        instance.resolve.side_effect = None
        other = MagicMock()
        cls.return_value = other
        other.close.return_value = (
            yield_nothing()
        )
        other.resolve = MagicMock()


def yield_nothing():
    return None
# output
from unittest.mock import AsyncMock, MagicMock, patch


class Resolver:
    def __init__(self): ...

    async def resolve(self, name): ...

    async def close(self): ...

    def names(self): ...


@patch("test_case.Resolver")
def test_resolver(resolver):
    resolver.return_value.resolve = AsyncMock(return_value=("a", {}))
    resolver.return_value.names.return_value = []
    resolver.return_value.close = AsyncMock(side_effect=OSError)  # a comment


def test_instance():
    with patch("test_case.Resolver") as cls:
        instance = cls.return_value
        instance.resolve = AsyncMock()
        instance.resolve.return_value = 1, 2
        instance.resolve.side_effect = None
        other = MagicMock()
        cls.return_value = other
        other.close = AsyncMock(return_value=(
            yield_nothing()
        ))
        other.resolve = AsyncMock()


def yield_nothing():
    return None
