try:
    from mod import tally
except ImportError:
    tally = None

print(tally)
