# args: --function mod.Job.run --parameter "strict: bool = False"
# path: mod.py
from threading import Thread


class Job(Thread):
    def run(self):
        return 1
# output
from threading import Thread


class Job(Thread):
    def run(self, strict: bool = False):
        return 1
