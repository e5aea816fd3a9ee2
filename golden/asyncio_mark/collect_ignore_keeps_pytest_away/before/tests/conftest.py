collect_ignore = ["old", "test_gone.py"]
