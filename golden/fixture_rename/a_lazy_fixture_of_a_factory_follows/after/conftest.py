import factory
import pytest
import pytest_factoryboy as pf
from pytest_factoryboy import LazyFixture, register
class Person:
    def __init__(self, friend): self.friend = friend
@pytest.fixture
def writer(): return "Bo"
@pf.register
class PersonFactory(factory.Factory):
    class Meta: model = Person
    friend = pf.LazyFixture("writer")

    class Params:
        married = factory.Trait(friend=LazyFixture(fixture="writer"), author="author")
register(PersonFactory, "buddy", friend=LazyFixture("writer"))
register(PersonFactory, "pal", friend=LazyFixture(lambda writer, buddy: [writer, buddy.author]))
register(PersonFactory, "foe", friend=LazyFixture(lambda buddy: buddy.author))
