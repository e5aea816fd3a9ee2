from unittest.mock import patch

import pkg.mod

again = pkg.mod


def test_old():
    with patch.multiple("pkg.mod", old=lambda: 2):
        assert again.old() == pkg.mod.old()
    with patch.multiple(again, old=lambda: 2):
        assert dict(old=1)
