# args: --function mod.send --parameter log=False --value "self.log"
# path: mod.py
def send(text):
    return text


class Job:
    log = 1

    def run(self):
        send("a")
# output
def send(text, log=False):
    return text


class Job:
    log = 1

    def run(self):
        send("a", log=self.log)
