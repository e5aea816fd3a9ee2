# args: --function mod.Job --parameter "log: bool = False" --value True
# path: mod.py
# skips: 13 P04-passed
# skips: 27 P04-passed
# skips: 36 P04-passed
class Job:
    """A job.

    Args:
        text: what is done.
    """

    def __init__(self, text):
        self.text = text

    @classmethod
    def make(cls):
        return cls("m")


class Sub(Job):
    def __init__(self, text, size):
        super().__init__(text)
        self.size = size


class Other(Sub):
    def __init__(self):
        super().__init__("o", 1)


class Plain(Job):
    pass


def use(job: Job, kind: type[Job]) -> Job:
    if isinstance(job, Job):
        Job.__init__(job, "b")
        Job.make()
        Plain("p")
        print(map(Job, "ab"))
    return Job("a")
# output
class Job:
    """A job.

    Args:
        text: what is done.
        log: Defaults to False.
    """

    def __init__(self, text, log: bool = False):
        self.text = text

    @classmethod
    def make(cls):
        return cls("m")


class Sub(Job):
    def __init__(self, text, size):
        super().__init__(text, log=True)
        self.size = size


class Other(Sub):
    def __init__(self):
        super().__init__("o", 1)


class Plain(Job):
    pass


def use(job: Job, kind: type[Job]) -> Job:
    if isinstance(job, Job):
        Job.__init__(job, "b", log=True)
        Job.make()
        Plain("p")
        print(map(Job, "ab"))
    return Job("a", log=True)
