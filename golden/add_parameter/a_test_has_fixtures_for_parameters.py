# args: --function test_mod.test_it --parameter log=False
# path: test_mod.py
# skips: 1 P03-not-free
def test_it(tmp_path):
    assert tmp_path
