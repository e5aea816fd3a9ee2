class Cart:
    def sum_up(self):
        return 1
