# args: --function mod.Job --parameter log --value 1
# path: mod.py
# skips: 6 P04-passed
class Job:
    def __init__(self, text):
        self.text = text


class Sub(Job):
    pass


Job("a")
Sub("b")
