# args: --repair-marks --unsafe
import os

import pytest


@pytest.mark.asyncio
def test_sync():
    assert os.name
# output
import os


def test_sync():
    assert os.name
