import sys

import pytest

if sys.platform == "win32":
    @pytest.fixture
    def db():
        return 1
else:
    @pytest.fixture
    def db():
        return 2
# output
import sys

import pytest

if sys.platform == "win32":
    @pytest.fixture(scope="function")
    def db():
        return 1
else:
    @pytest.fixture(scope="function")
    def db():
        return 2
