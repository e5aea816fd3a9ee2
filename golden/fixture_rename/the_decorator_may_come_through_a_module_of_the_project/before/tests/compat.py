import pytest
from pytest import fixture, mark
