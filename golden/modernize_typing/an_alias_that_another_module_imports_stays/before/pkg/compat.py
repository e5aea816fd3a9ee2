from typing import Dict as Own
from typing import List as L
from typing import Optional

names: L[str] = []
