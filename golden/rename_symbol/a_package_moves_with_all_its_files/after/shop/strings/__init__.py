from .deep import words
from shop.strings.deep.words import cut
