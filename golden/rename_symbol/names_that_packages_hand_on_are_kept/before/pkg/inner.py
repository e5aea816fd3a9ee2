from .base import count

print(count([]))
