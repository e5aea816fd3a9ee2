from helpers import stored


def test_a(request): assert stored(request) == "root"
