from mod import count
print count()
