# args: --function mod.send --parameter log=False --value True
# path: mod.py
def send(texts):
    return [*texts]


print(send(x for x in "ab"), send((x for x in "ab")))
# output
def send(texts, log=False):
    return [*texts]


print(send((x for x in "ab"), log=True), send((x for x in "ab"), log=True))
