from .text import Text
