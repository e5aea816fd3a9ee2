# args: --symbol test_case.Worker.begin --to start
# skips: 3 S02-taken
import threading

class Worker(threading.Thread):
    def begin(self):
        return 1


Worker().start()
