from a import B
from holder import Holder

print(Holder(B()).run())
