from .text import brief_text
