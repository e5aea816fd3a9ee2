from tests.tools import resource


@resource()
def db():
    return 1
