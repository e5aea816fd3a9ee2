from pkg import texts

print(texts.trim(""), texts.cut(""))
