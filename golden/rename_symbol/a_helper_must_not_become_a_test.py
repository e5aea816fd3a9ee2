# args: --symbol test_a.check_one --to test_one
# path: test_a.py
# skips: 1 S04-convention
def check_one():
    pass
