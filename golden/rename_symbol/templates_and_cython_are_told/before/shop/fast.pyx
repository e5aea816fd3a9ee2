from shop import short_text as other
