from .pricing import price
