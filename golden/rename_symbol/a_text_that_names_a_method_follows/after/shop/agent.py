class Agent:
    def execute(self):
        return 1
