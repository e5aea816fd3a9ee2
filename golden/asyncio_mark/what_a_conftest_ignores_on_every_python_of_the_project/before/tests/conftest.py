import sys

MODERN = sys.version_info >= (3, 8)
if MODERN:
    collect_ignore_glob = ["*"]
