from unittest.mock import patch

import m


def test_limit():
    with patch("m.LIMIT", 9):
        assert m.one() == 9
