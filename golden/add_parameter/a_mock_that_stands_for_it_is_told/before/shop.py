def send(text):
    return text


def main():
    return send("a")
