class Prose:
    def trim(self, limit):
        return self.trim(limit=limit)
