pytest_plugins = ["tests.fixtures.sql"]
