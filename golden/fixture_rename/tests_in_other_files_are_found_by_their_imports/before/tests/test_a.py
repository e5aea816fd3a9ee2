from tests.invariants import Checks, test_x


class TestAll(Checks):
    pass
