from base import Between


class TestX(Between):
    pass
