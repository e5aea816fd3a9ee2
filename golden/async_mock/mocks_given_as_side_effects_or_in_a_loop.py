# skips: 25 M26-two-roles
from unittest.mock import MagicMock, create_autospec, patch


class Store:
    async def get(self, key): ...

    async def put(self, key): ...

    def size(self): ...


def test_side_effects():
    store = Store()
    store.get = MagicMock(side_effect=MagicMock(return_value=1))
    store.size = MagicMock(side_effect=MagicMock(return_value=1))
    with patch.object(Store, "put", autospec=True) as put:
        put.side_effect = MagicMock(return_value=2)


def test_loop():
    store = Store()
    for name in ("get", "put"):
        setattr(store, name, MagicMock(return_value=None))
    for name in ["get", "size"]:
        setattr(store, name, MagicMock())
    object.__setattr__(store, "put", MagicMock())
    object.__setattr__(store, "size", MagicMock())


def test_computed(names):
    store = create_autospec(Store, instance=True)
    for name in names:
        setattr(store, name, MagicMock())
# output
from unittest.mock import AsyncMock, MagicMock, create_autospec, patch


class Store:
    async def get(self, key): ...

    async def put(self, key): ...

    def size(self): ...


def test_side_effects():
    store = Store()
    store.get = AsyncMock(side_effect=AsyncMock(return_value=1))
    store.size = MagicMock(side_effect=MagicMock(return_value=1))
    with patch.object(Store, "put", autospec=True) as put:
        put.side_effect = AsyncMock(return_value=2)


def test_loop():
    store = Store()
    for name in ("get", "put"):
        setattr(store, name, AsyncMock(return_value=None))
    for name in ["get", "size"]:
        setattr(store, name, MagicMock())
    object.__setattr__(store, "put", AsyncMock())
    object.__setattr__(store, "size", MagicMock())


def test_computed(names):
    store = create_autospec(Store, instance=True)
    for name in names:
        setattr(store, name, MagicMock())
