from lib.shared import Checks


class TestA(Checks):
    pass
