# args: --function mod.Text.size --function mod.Text.__len__ --parameter log=False
# path: mod.py
# skips: 3 P03-not-free
# skips: 6 P03-not-free
class Text:
    @property
    def size(self):
        return 1

    def __len__(self):
        return self.size
