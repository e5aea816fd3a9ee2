import os

SEP = os.sep


class Base:
    pass


# the second
class Sub(Base):
    pass


if __name__ == "__main__":
    print(Sub())
