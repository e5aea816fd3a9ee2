from .base import tally

print(tally([]))
