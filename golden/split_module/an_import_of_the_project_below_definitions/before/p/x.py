from .m import two

y = 1
