import bases


class TestX(bases.Base):
    __test__ = True

    def test_a(self, request): assert "root" in request.node.funcargs.values()
