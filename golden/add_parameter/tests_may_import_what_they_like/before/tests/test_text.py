from shop.text import send


def test_it():
    assert send("a")
