def three():
    return 3


if __name__ == "__main__":
    print(three())
