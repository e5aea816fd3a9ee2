import logging as log
import sys

from shop import rest
from shop.levels import Level
from shop.text import send


def main():
    send("a", level=[Level.HIGH, rest.NAME, log.INFO, sys.path, str(1)])
