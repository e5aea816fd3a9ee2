try:
    from mod import count
except ImportError:
    count = None

print(count)
