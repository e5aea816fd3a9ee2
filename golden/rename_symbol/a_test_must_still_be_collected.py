# args: --symbol test_a.test_one --to check_one
# path: test_a.py
# skips: 1 S04-convention
def test_one():
    pass
