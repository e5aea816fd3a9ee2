import os


def fetch(name):
    return listed(name)


def listed(name):
    return os.listdir(name)


def total(text):
    return int(text)
