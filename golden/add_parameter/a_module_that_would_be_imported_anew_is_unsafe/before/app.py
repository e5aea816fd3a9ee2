from shop.text import send

send("a")
