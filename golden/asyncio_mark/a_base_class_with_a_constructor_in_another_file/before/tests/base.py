import unittest


class Base:
    def __init__(self):
        self.x = 1


class Case(unittest.TestCase):
    pass
