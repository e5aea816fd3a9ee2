from unittest.mock import MagicMock, NonCallableMagicMock, NonCallableMock, PropertyMock, patch, sentinel


class Api:
    async def fetch(self): ...

    @property
    def url(self): ...


def test_api():
    api = Api()
    api.fetch = NonCallableMock()
    api.fetch = NonCallableMagicMock()
    api.fetch = sentinel.fetch
    type(api).url = PropertyMock(return_value=1)
    type(api).url = MagicMock()
    with patch("test_case.Api.fetch", new_callable=PropertyMock):
        pass
