import asyncio
from unittest.mock import Mock

import pytest
from app import Api, SyncApi
from base import Inherited


@pytest.fixture
def client(): return SyncApi()


class TestOwn:
    @pytest.fixture
    def client(self): return Api()

    def test_own(self, client):
        client.fetch = Mock(return_value=2)
        assert asyncio.run(client.fetch()) == 2

    class TestInner:
        def test_inner(self, client):
            client.fetch = Mock(return_value=2)
            assert asyncio.run(client.fetch()) == 2


class Base:
    @pytest.fixture(name="client")
    def make_client(self): return Api()


class TestBased(Base):
    def test_based(self, client):
        client.fetch = Mock(return_value=2)
        assert asyncio.run(client.fetch()) == 2


class TestFarBased(Inherited):
    def test_based(self, client):
        client.fetch = Mock(return_value=2)
        assert asyncio.run(client.fetch()) == 2

    def test_conftest(self, other):
        other.fetch = Mock(return_value=2)


class TestNeither:
    def test_module(self, client):
        client.fetch = Mock(return_value=2)
        assert client.double() == 4


class Shared:
    def test_shared(self, client):
        client.fetch = Mock(return_value=2)


class TestSharedSync(Shared):
    pass


class TestSharedAsync(Shared):
    @pytest.fixture
    def client(self): return Api()


@pytest.mark.parametrize("client", [SyncApi()])
def test_parametrized(client):
    client.fetch = Mock(return_value=2)


def helper(client):
    client.fetch = Mock(return_value=2)
