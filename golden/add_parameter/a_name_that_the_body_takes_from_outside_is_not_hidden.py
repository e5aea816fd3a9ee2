# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 6 P01-taken
# skips: 7 P01-taken
def log(text):
    print(text)


def send(text):
    log(text)
    return lambda: [log for each in text]


send("a")
