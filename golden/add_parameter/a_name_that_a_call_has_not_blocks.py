# args: --function mod.send --parameter log=False --value "self.log"
# path: mod.py
# skips: 12 P13-no-name
def send(text):
    return text


class Job:
    log = 1

    def run(self):
        send("a")


send("b")
