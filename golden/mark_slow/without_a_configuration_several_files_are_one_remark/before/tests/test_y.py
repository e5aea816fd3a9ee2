import pytest


def test_y():
    assert pytest
