class A:
    def old(self):
        return 1


class B:
    def old(self):
        return 2
