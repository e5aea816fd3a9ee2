from unittest import mock
from unittest.mock import patch

import pytest

from pkg import mod, use


@patch("pkg.use.tally", return_value=1)
def test_a(fake):
    with mock.patch.object(mod, "tally"):
        assert use.run()


def test_b(monkeypatch):
    monkeypatch.setattr("pkg.mod.tally", lambda items: 1)
    monkeypatch.setattr(use, "tally", lambda items: 1)
    assert getattr(mod, "tally")([]) == 1
    assert hasattr(pytest, "count") is False
