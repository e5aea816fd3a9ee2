# args: --function mod.send --parameter log=False --value '"x"'
# path: mod.py
# skips: 5 P13-no-name
def send(text):
    return text


print(f"{send('a')}")
