import factory
import pytest
import pytest_factoryboy as pf
from pytest_factoryboy import LazyFixture, register
class Person:
    def __init__(self, friend): self.friend = friend
@pytest.fixture
def author(): return "Bo"
@pf.register
class PersonFactory(factory.Factory):
    class Meta: model = Person
    friend = pf.LazyFixture("author")

    class Params:
        married = factory.Trait(friend=LazyFixture(fixture="author"), author="author")
register(PersonFactory, "buddy", friend=LazyFixture("author"))
register(PersonFactory, "pal", friend=LazyFixture(lambda author, buddy: [author, buddy.author]))
register(PersonFactory, "foe", friend=LazyFixture(lambda buddy: buddy.author))
