"""`--engine dask://HOST:PORT`: the tasks of a run on the machines of a dask cluster, where one machine is not enough."""

from __future__ import annotations
