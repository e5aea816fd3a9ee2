# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 1 C002-ignored
def send(text):
    return text


send("a")  # codemod: ignore
send("b")
