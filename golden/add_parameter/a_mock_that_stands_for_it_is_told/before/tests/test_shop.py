from unittest.mock import create_autospec, patch

import shop


@patch("shop.send")
def test_main(send):
    shop.main()
    send.assert_called_once_with("a")


def test_patched(monkeypatch):
    monkeypatch.setattr(shop, "send", lambda text: text)
    assert shop.main() == "a"


def test_plain():
    assert shop.send("b") == "b"
    assert create_autospec(shop.send)
