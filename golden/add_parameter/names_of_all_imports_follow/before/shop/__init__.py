from .text import send
from .text import send as public_send
