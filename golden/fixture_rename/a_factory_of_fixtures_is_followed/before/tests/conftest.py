from tests.tools import make

db = make('x')
