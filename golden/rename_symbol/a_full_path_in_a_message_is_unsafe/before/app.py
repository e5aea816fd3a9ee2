print("shop.text.cut() goes away")
