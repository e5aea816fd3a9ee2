import pytest
from pytest import fixture, mark

aio = mark.asyncio
