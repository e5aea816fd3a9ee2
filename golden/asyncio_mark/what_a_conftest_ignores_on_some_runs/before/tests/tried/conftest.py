try:
    import numpy
except ImportError:
    collect_ignore_glob = ["test_*.py"]
