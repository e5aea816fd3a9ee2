# args: --function mod.Job.run --parameter "strict: bool" --value True
# path: mod.py
# skips: 4 P08-overrides
from threading import Thread


class Job(Thread):
    def run(self):
        return 1
