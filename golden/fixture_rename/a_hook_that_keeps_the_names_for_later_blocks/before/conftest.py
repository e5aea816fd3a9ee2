import pytest


@pytest.fixture
def db(): return 1


class Plugin:
    def pytest_itemcollected(self, item):
        self.seen = item.fixturenames

    def pytest_runtest_setup(self, item):
        if not self.seen:
            return
        if "db" in self.seen:
            item.add_marker(pytest.mark.storage)
