def brief_text(text):
    return text
