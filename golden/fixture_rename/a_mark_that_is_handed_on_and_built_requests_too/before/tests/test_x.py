import common

pytestmark = common.kept()


class TestA:
    def test_a(self, request): assert "root" in request.node.funcargs.values()
