from marks import needs


@needs("db")
def test_a(request): assert "root" in request.node.funcargs.values()
