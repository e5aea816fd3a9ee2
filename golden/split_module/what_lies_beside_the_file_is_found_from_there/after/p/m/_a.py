import os
from pathlib import Path

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it
__file__ = os.path.dirname(__file__) + ".py"  # as before: what lies beside is found from there


HERE = Path(__file__).parent
