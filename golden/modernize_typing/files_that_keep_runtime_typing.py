# args: --target-version 3.10 --keep-runtime-typing 'app/models/*'
# path: app/models/user.py
from typing import Optional

x: Optional[int] = None
