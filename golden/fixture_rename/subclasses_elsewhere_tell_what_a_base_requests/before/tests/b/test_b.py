from lib.shared import Checks as Inherited


class TestB(Inherited):
    pass
