import pytest


@pytest.mark.asyncio
class Base:
    pass


class Listed:
    pytestmark = [pytest.mark.asyncio]
