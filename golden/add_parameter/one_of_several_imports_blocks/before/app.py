try:
    from shop import send
except ImportError:
    from fast import send

try:
    from shop import send as post
except ImportError:
    from fast import send as post


def main():
    post("b")
    return send("a")
