"""Workers that are started from nothing, where they cannot be copied from a process that has all modules."""

from __future__ import annotations

import sys
from multiprocessing.context import SpawnContext, SpawnProcess

if "--multiprocessing-fork" in sys.orig_argv:  # this is such a worker, and has not read yet what it carries
    from . import begun as begun


class Worker(SpawnProcess):
    """Read back in the new process before all that it carries, and with it this module."""


class Spawning(SpawnContext):
    """What Pebble asks for the class of its workers."""

    Process = Worker
