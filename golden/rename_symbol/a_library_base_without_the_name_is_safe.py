# args: --symbol mod.Job.turn --to work
# path: mod.py
import threading


class Job(threading.Thread):
    def turn(self):
        return self.turn()
# output
import threading


class Job(threading.Thread):
    def work(self):
        return self.work()
