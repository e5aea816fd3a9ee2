def send(text, log=False):
    return text


def main():
    return send("a", log=True)
