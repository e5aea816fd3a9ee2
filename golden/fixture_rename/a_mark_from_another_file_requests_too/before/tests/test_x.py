from marks import needs_db


@needs_db
def test_a(request): assert "root" in request.node.funcargs.values()
