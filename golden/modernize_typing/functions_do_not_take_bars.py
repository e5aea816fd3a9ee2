# args: --target-version 3.10
# skips: 11 T07-function
# skips: 12 T07-function
# skips: 13 T07-function
# skips: 14 T07-function
# skips: 15 T07-function
# skips: 16 T08-operand
import multiprocessing
import threading
from typing import Dict, NamedTuple, Optional

import numpy as np


def factory(): ...


A = Optional[callable]
B = Optional[threading.Lock]
C = Optional[multiprocessing.Queue]
D = Optional[factory]
E = Dict[str, Optional[np.array]]
F = Dict[str, Optional[factory()]]
G = Optional[np.ndarray]
H = Optional[threading.Event]
# output
import multiprocessing
import threading
from typing import NamedTuple, Optional

import numpy as np


def factory(): ...


A = Optional[callable]
B = Optional[threading.Lock]
C = Optional[multiprocessing.Queue]
D = Optional[factory]
E = dict[str, Optional[np.array]]
F = dict[str, Optional[factory()]]
G = np.ndarray | None
H = threading.Event | None
