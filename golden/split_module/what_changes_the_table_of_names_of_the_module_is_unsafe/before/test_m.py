from unittest import mock

import m


def test_limit():
    with mock.patch.dict(m.__dict__, {"LIMIT": 9}):
        assert m.one() == 9
