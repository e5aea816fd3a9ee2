class Agent:
    name = "agent"

    def _step(self, text):
        return text

    def run(self):
        return self._step("a") + type(self)._step(self, "b")

    def other(self):
        _step = 1
        return [self._step(t) for t in "ab"] + [_step]


class Loud(Agent):
    def _step(self, text):
        return super()._step(text.upper())


class Quiet(Loud):
    def go(self):
        return self._step("c") or super()._run()


class Robot:
    def _step(self):
        return self._step()
