import pytest
async def test_a(): pass
class TestA:
  async def test_b(self): assert pytest
# output
import pytest
@pytest.mark.asyncio
async def test_a(): pass
class TestA:
  @pytest.mark.asyncio
  async def test_b(self): assert pytest
