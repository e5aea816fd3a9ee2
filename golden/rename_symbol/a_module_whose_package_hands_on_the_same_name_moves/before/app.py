from shop import price
from shop.price import price as again

print(price(), again())
