import sys

collect_ignore = ["test_a.py"] if sys.platform == "win32" else []
