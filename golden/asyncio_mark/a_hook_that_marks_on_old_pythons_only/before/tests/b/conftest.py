import os

import pytest

if os.environ.get("MARK"):

    def pytest_collection_modifyitems(items):
        for item in items:
            item.add_marker(pytest.mark.asyncio)
