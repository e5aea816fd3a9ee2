import pytest


def test_z():
    assert pytest
