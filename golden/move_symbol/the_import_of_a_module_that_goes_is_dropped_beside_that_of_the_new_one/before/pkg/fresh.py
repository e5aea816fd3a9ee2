def cut(text):
    return text
