import pytest

pytestmark = pytest.mark.asyncio
