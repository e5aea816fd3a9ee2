from a import A
from holder import Holder

print(Holder(A()).run(), A().old())
