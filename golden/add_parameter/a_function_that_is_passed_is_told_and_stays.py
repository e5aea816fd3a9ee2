# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 12 P04-passed
# skips: 13 P04-passed
# skips: 14 P04-passed
from threading import Thread


def send(text):
    return text


class Job:
    run = 1


Thread(target=send, args=("a",))
print(map(send, "ab"), sorted("ab", key=send))
table = {"send": send}
send("a")
# output
from threading import Thread


def send(text, log=False):
    return text


class Job:
    run = 1


Thread(target=send, args=("a",))
print(map(send, "ab"), sorted("ab", key=send))
table = {"send": send}
send("a", log=True)
