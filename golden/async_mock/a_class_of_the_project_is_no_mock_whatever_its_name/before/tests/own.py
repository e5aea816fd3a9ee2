from unittest.mock import *  # noqa: F403


class MagicMock:
    def __init__(self, return_value): ...
