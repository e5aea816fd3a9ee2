def list():
    return 0
