import functools

import pytest

resource = functools.partial(pytest.fixture, scope="session")
