from p import _a, _b
from p._a import one as one
from p._b import two as two

if __name__ == '__main__':
    two()
