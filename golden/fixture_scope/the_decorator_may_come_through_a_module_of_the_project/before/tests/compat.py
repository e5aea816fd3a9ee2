import pytest as pt

fx = pt.fixture
