from lib import marks


@marks.with_db
def test_b(request): assert "b" in request.node.funcargs.values()
