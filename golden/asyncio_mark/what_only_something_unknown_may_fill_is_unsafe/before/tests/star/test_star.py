import pytest
from company import *


async def test_star(company):
    assert pytest
