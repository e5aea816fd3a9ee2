from .client import Client as ShopClient
from .factory import *

__all__ = ["ShopClient", "make_client"]
