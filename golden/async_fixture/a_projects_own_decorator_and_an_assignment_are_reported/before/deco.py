import functools

import pytest

wide = functools.partial(pytest.fixture, scope="session")
