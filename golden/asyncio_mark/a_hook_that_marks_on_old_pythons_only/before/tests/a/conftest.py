import sys

import pytest


def pytest_collection_modifyitems(items):
    if sys.version_info < (3, 8):
        for item in items:
            item.add_marker(pytest.mark.asyncio)
