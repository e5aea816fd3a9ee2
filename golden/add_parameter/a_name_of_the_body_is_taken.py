# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 3 P01-taken
# skips: 7 P01-taken
def send(text):
    for each in text:
        log = each
        print(log)

    def inner():
        global log
        log = 1


send("a")
