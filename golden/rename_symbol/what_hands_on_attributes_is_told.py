# args: --symbol test_case.Engine.start --to ignite
# skips: 15 S10-only-the-name
# unsafe: 2
class Engine:
    def start(self):
        return 1


class Car:
    def __init__(self, engine: Engine):
        self.engine = engine

    def __getattr__(self, name):
        return getattr(self.engine, name)


def drive():
    return Car(Engine()).start()
