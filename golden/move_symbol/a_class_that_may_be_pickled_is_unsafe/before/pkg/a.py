class One:
    def __reduce__(self):
        return One, ()


X = 1
