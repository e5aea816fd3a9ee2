import os

pytest_plugins = ["tests.always"]
if os.environ.get("EXTRA"):
    pytest_plugins.append("tests.extra")
