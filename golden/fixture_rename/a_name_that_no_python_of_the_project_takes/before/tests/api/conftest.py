import os
import sys

import pytest

if sys.version_info < (3, 8):

    @pytest.fixture
    def db_session():
        return 3
