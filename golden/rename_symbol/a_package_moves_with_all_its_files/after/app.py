import shop.strings.deep

shop.strings.deep.words.cut("a")
