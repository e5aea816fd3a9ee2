from tests.tools import resource


@resource()
def db_session():
    return 1
