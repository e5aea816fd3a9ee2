# args: --function mod.send --parameter log --value True
# path: mod.py
# skips: 5 P04-passed
def send(text):
    return text


print(map(send, "ab"))
send("a")
