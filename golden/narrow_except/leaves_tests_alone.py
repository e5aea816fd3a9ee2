# args: --unsafe
# path: tests/test_shop.py
# skips: 5 N07-test
def test_price():
    prices = {"apple": 3}
    try:
        found = prices["pear"]
    except Exception:
        found = 0
    assert found == 0
