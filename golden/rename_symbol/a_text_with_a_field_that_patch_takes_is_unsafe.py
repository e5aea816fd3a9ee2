# args: --symbol mod.cut --to trim
# path: mod.py
# skips: 9 S10-only-the-name
# skips: 10 S10-only-the-name
# unsafe: 4
from unittest import mock


def cut(text):
    return text


def test_it(module):
    print(f"{module} cut")
    with mock.patch(f"{module}.cut"):
        pass
