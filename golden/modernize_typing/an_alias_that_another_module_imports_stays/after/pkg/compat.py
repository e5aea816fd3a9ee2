from typing import List as L

names: list[str] = []
