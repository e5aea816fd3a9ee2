import os
import sys

import pytest

if os.environ.get("API"):

    @pytest.fixture
    def db_session():
        return 3
