from unittest import mock
from unittest.mock import patch

import pytest

from pkg import mod, use


@patch("pkg.use.count", return_value=1)
def test_a(fake):
    with mock.patch.object(mod, "count"):
        assert use.run()


def test_b(monkeypatch):
    monkeypatch.setattr("pkg.mod.count", lambda items: 1)
    monkeypatch.setattr(use, "count", lambda items: 1)
    assert getattr(mod, "count")([]) == 1
    assert hasattr(pytest, "count") is False
