import sys

pytest_plugins = ["tests.new"]
if sys.version_info < (3, 8):
    pytest_plugins.append("company_backports")
