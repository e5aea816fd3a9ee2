import sys

import pytest

if sys.version_info < (3, 9):

    async def test_old():
        assert pytest

    class TestOld:
        async def test_m(self):
            pass
else:

    async def test_new():
        pass


if sys.platform == "win32":

    async def test_windows():
        pass
