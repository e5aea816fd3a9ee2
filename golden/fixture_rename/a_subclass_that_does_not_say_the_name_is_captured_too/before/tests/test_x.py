from shared import Checks


class TestX(Checks):
    pass
