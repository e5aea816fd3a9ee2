from shop import send

print send("a")
