from tests.fixtures import *
