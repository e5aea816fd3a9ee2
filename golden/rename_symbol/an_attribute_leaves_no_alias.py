# args: --symbol mod.Text.size --to limit --alias
# path: mod.py
# skips: 2 S06-no-alias
class Text:
    size = 1
