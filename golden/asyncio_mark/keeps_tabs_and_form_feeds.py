import pytest


class TestA:
	# ümlaut
	@pytest.mark.parametrize(
		"x", ["ä"],
	)
	async def test_m(self, x):
		pass


async def test_after_form_feed():
	pass
# output
import pytest


class TestA:
	# ümlaut
	@pytest.mark.asyncio
	@pytest.mark.parametrize(
		"x", ["ä"],
	)
	async def test_m(self, x):
		pass


@pytest.mark.asyncio
async def test_after_form_feed():
	pass
