from unittest.mock import MagicMock, Mock
import app
def make():
    call = Mock()
    rpc = MagicMock()
    rpc.side_effect = lambda request: call
    return rpc, call
async def test_open():
    rpc, call = make()
    b = app.Bidi(rpc)
    try:
        await b.open()
    except TypeError: pass
def make_plain():
    call = Mock()
    rpc = MagicMock()
    return rpc, call
def test_plain():
    rpc, call = make_plain()
    app.Plain(rpc).open()
    rpc.assert_called_once()
