from .turn import MagicMock
