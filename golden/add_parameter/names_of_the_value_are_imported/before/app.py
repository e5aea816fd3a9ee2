import logging as log

from shop import rest
from shop.text import send


def main():
    send("a")
