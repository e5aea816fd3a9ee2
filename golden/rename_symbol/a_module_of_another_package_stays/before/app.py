from other import texts
from other.texts import b

print(texts.b, b)
