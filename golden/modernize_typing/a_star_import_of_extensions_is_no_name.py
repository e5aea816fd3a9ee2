# args: --target-version 3.11
from typing_extensions import *
# Optional
