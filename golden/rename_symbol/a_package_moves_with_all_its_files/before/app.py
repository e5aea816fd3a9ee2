import shop.texts.deep

shop.texts.deep.words.cut("a")
