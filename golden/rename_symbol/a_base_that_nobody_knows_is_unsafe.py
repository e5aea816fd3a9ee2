# args: --symbol mod.Job.turn --to work
# path: mod.py
# unsafe: 5
from somewhere import Base


class Job(Base):
    def turn(self):
        return self.turn()
