from . import LIMIT, one

if __name__ == "__main__":
    print(LIMIT)
    LIMIT = 4
    print(one())
