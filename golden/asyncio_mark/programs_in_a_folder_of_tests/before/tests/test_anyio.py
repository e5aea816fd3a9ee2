from anyio import run as start


async def test_a():
    print("hi")


if __name__ == "__main__" and True:
    start(test_a)
