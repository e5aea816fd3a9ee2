class Agent:
    def step(self):
        return 1
