from .text import shorten
