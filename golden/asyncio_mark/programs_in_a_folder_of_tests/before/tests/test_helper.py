from tools import execute


async def test_a():
    print("hi")


for each in [test_a]:
    __name__ == "__main__" and execute(each())
