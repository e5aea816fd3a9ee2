from unittest.mock import MagicMock
from app import App, Ezsp
def make():
    e = Ezsp()
    e.wait_for = MagicMock()
    e.wait_for.return_value.__enter__ = MagicMock(return_value=3)
    e.opened = MagicMock()
    e.opened.return_value.__enter__ = MagicMock(return_value=3)
    return e
async def test_up():
    try:
        await App(make()).up()
    except TypeError: pass
async def test_o():
    assert await App(make()).o() == 3
