class Text:
    def cut(self, size):
        return self.cut(size=size)
