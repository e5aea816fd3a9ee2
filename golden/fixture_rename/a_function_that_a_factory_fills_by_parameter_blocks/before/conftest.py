import pytest
from pytest_factoryboy import LazyFixture as Lazy, register
import helpers

@pytest.fixture
def author(): return "Bo"

def friend(author): return author

register(object, "buddy", friend=Lazy(friend))
register(object, "pal", friend=Lazy(helpers.choose))
