# args: --function mod.send --parameter log --value 1
# path: mod.py
def send(text):
    return text


send(**{"text": "a"})
# output
def send(text, log):
    return text


send(**{"text": "a"}, log=1)
