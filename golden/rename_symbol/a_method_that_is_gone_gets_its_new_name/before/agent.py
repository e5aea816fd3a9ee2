class Agent:
    def execute(self):
        return 1

    def run(self):
        return self._step_act()
