def pytest_generate_tests(metafunc):
    for name in metafunc.fixturenames:
        metafunc.parametrize(name, [1])
