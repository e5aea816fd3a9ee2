import os

from pkg.a import Base

SEP = os.sep


# the second
class Sub(Base):
    pass


if __name__ == "__main__":
    print(Sub())
