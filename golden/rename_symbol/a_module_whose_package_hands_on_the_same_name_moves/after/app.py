from shop import price
from shop.pricing import price as again

print(price(), again())
