class Agent:
    name = "agent"

    def execute(self, text):
        return text

    def run(self):
        return self.execute("a") + type(self).execute(self, "b")

    def other(self):
        _step = 1
        return [self.execute(t) for t in "ab"] + [_step]


class Loud(Agent):
    def execute(self, text):
        return super().execute(text.upper())


class Quiet(Loud):
    def go(self):
        return self.execute("c") or super()._run()


class Robot:
    def _step(self):
        return self._step()
