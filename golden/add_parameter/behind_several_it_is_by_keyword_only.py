# args: --function mod.send --parameter "log: bool = False" --value True
# path: mod.py
def send(first, *others, **more):
    return first, others, more


send(1, 2, 3)
send(*[1, 2])
send(1, 2, log_level=3)
# output
def send(first, *others, log: bool = False, **more):
    return first, others, more


send(1, 2, 3, log=True)
send(*[1, 2], log=True)
send(1, 2, log_level=3, log=True)
