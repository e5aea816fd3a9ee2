# args: --symbol test_case.limit --to bound
limit = 1


class Reader:
    limit = limit + 1

    def read(self, size=limit):
        return size, limit, self.limit


class Writer:
    half = limit // 2
    limit: int = half
    again = limit
# output
bound = 1


class Reader:
    limit = bound + 1

    def read(self, size=limit):
        return size, bound, self.limit


class Writer:
    half = bound // 2
    limit: int = half
    again = limit
