def fixture(function):
    return function
