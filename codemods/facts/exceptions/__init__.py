"""What the code of a project and of its libraries can raise."""

from __future__ import annotations
