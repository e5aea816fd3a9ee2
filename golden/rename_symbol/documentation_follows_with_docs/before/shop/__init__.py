from .text import short_text
