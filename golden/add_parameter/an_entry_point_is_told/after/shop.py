def main(log=1):
    return 1
