def short_text(text):
    return text
