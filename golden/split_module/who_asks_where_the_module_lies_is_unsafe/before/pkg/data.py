from pathlib import Path

from . import m

FOLDER = Path(m.__file__).parent
