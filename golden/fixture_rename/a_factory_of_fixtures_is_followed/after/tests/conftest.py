from tests.tools import make

db_session = make('x')
