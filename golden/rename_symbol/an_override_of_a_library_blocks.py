# args: --symbol mod.Job.run --to work
# path: mod.py
# skips: 4 S03-overrides
import threading


class Job(threading.Thread):
    def run(self):
        pass
