# args: --function mod.send --parameter log=False
# path: mod.py
# skips: 1 P02-no-function
def send(text):
    return text


try:
    from fast import send
except ImportError:
    pass
