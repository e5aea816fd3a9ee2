from typing import Optional
import heavylib
def run(grid: Optional[heavylib.Grid] = None) -> int:
    """Run it."""
