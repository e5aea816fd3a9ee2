# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 5 P04-passed
def send(text, *more):
    return text


print(f"{send(send('a')) + send('b')} {map(send, 'c')} { {send('d'): 1} }")
print("", f"{'x'}")
# output
def send(text, *more, log=False):
    return text


print(f"{send(send('a', log=True), log=True) + send('b', log=True)} {map(send, 'c')} { {send('d', log=True): 1} }")
print("", f"{'x'}")
