# skips: 16 A18-params
import pytest

pytestmark = pytest.mark.parametrize("m", [1])


@pytest.mark.parametrize(("x", "y"), [(1, 2)])
class TestA:
    async def test_m(self, x, y, m):
        pass


@pytest.mark.parametrize(NAMES, [1])
async def test_computed(q):
    pass

async def test_nobody(x):
    pass


class TestB:
    def pytest_generate_tests(self, metafunc):
        metafunc.parametrize("z", [1])

    async def test_z(self, z):
        pass
# output
import pytest

pytestmark = pytest.mark.parametrize("m", [1])


@pytest.mark.parametrize(("x", "y"), [(1, 2)])
class TestA:
    @pytest.mark.asyncio
    async def test_m(self, x, y, m):
        pass


@pytest.mark.asyncio
@pytest.mark.parametrize(NAMES, [1])
async def test_computed(q):
    pass

async def test_nobody(x):
    pass


class TestB:
    def pytest_generate_tests(self, metafunc):
        metafunc.parametrize("z", [1])

    @pytest.mark.asyncio
    async def test_z(self, z):
        pass
