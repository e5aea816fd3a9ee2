from typing import Union
from otherlib.sub import Mesh as M
def run(mesh: Union[M, str] = "") -> int:
    """Run it."""
