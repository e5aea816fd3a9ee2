from lib.marks import needs_db, with_db

pytestmark = [needs_db]


def test_a(request): assert "a" in request.node.funcargs.values()
