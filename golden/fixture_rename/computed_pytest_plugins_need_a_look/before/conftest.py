pytest_plugins = [m for m in find()]
