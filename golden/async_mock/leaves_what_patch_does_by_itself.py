from unittest.mock import DEFAULT, patch


async def work(): ...


class Api:
    async def fetch(self): ...

    @classmethod
    async def make(cls): ...


@patch("test_case.work", return_value=1)
@patch.object(Api, "make")
@patch.multiple(Api, fetch=DEFAULT)
def test_api(make, work, fetch):
    make.return_value = 3
    work.side_effect = [1]
    with patch("test_case.Api.fetch", spec=True) as fetched:
        fetched.return_value = 1
    with patch("test_case.Api", autospec=True) as cls:
        cls.return_value.fetch.return_value = 1
    with patch("test_case.work") as worked:
        worked.return_value.json.return_value = 1
