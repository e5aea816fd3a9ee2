import os

collect_ignore = []
if not os.environ.get("SLOW"):
    collect_ignore.append("test_a.py")
