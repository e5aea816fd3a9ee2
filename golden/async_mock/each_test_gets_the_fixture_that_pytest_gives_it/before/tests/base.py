import pytest
from app import Api


class Inherited:
    @pytest.fixture
    def client(self): return Api()
