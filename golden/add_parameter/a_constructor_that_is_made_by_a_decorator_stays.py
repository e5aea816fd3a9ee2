# args: --function mod.Job.__init__ --parameter log=False
# path: mod.py
# skips: 5 P02-no-function
from dataclasses import dataclass


@dataclass
class Job:
    text: str
