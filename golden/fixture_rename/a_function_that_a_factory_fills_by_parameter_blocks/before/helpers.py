def choose(author): return author
