import sys

import pytest

if sys.version_info < (3, 8):

    @pytest.fixture(scope="session")
    def db():
        return 1
