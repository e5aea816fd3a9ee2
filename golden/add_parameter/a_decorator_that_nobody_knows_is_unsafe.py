# args: --function mod.send --parameter log=False --value True
# path: mod.py
# unsafe: 5
from lib import twice


@twice
def send(text):
    return text


send("a")
