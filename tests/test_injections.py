"""Where tests inject a bare exception."""

from __future__ import annotations

import time

from codemods.engine.source import Source
from codemods.facts.exceptions.injections import injections

FIXTURE = """
class Test{0}:
    @pytest.fixture
    def Product(self):
        class Product:
            def price(self):
                raise Exception("no")

        return Product

    def test(self, Product):
        assert Product().price() is None
"""


def test_fixtures_of_one_name_that_give_what_has_their_name_end() -> None:
    """Each `return Product` may stand for that of any other, twenty-five steps deep: 4 ** 25 ways, if each is gone anew."""
    text = "import pytest\n" + "".join(FIXTURE.format(number) for number in range(4))
    started = time.process_time()
    assert injections(Source("tests/test_product.py", text.encode())) == ()
    assert time.process_time() - started < 2  # seconds; it takes a hundredth of one


def test_a_fixture_of_that_name_still_tells_what_its_object_stands_for() -> None:
    text = """\
import pytest
from shop.api import Client


@pytest.fixture
def client():
    class Fake(Client):
        def load(self):
            raise Exception("no")

    return Fake()
"""
    (found,) = injections(Source("tests/test_client.py", text.encode()))
    assert (found.line, [each.path for each in found.stands]) == (9, ["shop.api.Client().load"])
