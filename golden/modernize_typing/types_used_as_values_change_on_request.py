# args: --target-version 3.10 --runtime-values
# unsafe: 5
# unsafe: 5
# unsafe: 6
from typing import Dict, List, Optional

from lib import convert

HOOKS = {List[int]: convert(Optional[str])}
x: Dict[str, List[int]] = {}
y: Dict[str, str] = {}
# output
from typing import Dict, List, Optional

from lib import convert

HOOKS = {List[int]: convert(Optional[str])}
x: Dict[str, List[int]] = {}
y: dict[str, str] = {}
