def cut(text):
    return text


def trim(text):
    return text
