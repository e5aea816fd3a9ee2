from pkg import fresh, texts

print(texts.trim(""), fresh.cut(""))
