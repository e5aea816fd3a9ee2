class Cart:
    def total(self):
        return 1


class Bill:
    def total(self):
        return 2
