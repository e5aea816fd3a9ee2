from lib.tools import stored

def test_a(request): assert stored(request, "db") == 1
