"""The project's own command on the result of a plan: which changes pass together, and why the others do not."""

from __future__ import annotations

from .flow import verify as verify
from .values import Asked as Asked
from .values import Failing as Failing
from .values import Item as Item
from .values import Verified as Verified
