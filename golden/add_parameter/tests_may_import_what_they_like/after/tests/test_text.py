from shop.levels import Level
from shop.text import send


def test_it():
    assert send("a", level=Level.HIGH)
