# args: --symbol mod.cut --to trim
# path: mod.py
# unsafe: 1
def cut(text):
    return text


def run(text):
    print(cut.__name__, text)
    return cut(text)
