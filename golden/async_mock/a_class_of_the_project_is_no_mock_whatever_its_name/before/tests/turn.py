from .circle import MagicMock
