db = make_it()
