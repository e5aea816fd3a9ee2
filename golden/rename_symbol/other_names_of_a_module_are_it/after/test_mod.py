from unittest.mock import patch

import pkg.mod

again = pkg.mod


def test_old():
    with patch.multiple("pkg.mod", new=lambda: 2):
        assert again.new() == pkg.mod.new()
    with patch.multiple(again, new=lambda: 2):
        assert dict(old=1)
