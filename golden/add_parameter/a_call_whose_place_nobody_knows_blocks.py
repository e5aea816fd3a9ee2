# args: --function mod.Text.load --parameter log=False --value True
# path: mod.py
# skips: 6 P12-no-place
class Text:
    def load(self, path):
        return path


print(f"{Text().load('a')} .load")
