# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 5 P12-no-place
def send(text):
    return text


print(f"{f'{send(1)}'}")
