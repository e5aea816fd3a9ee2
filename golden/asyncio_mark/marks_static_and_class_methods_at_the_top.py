import pytest


class TestA:
    @staticmethod
    async def test_s(tmp_path):
        pass

    @classmethod
    @pytest.mark.slow
    async def test_c(cls):
        pass

    class TestInner:
        async def test_m(self):
            pass
# output
import pytest


class TestA:
    @pytest.mark.asyncio
    @staticmethod
    async def test_s(tmp_path):
        pass

    @pytest.mark.asyncio
    @classmethod
    @pytest.mark.slow
    async def test_c(cls):
        pass

    class TestInner:
        @pytest.mark.asyncio
        async def test_m(self):
            pass
