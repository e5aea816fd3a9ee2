from .deep import words
from shop.texts.deep.words import cut
