"""What can go wrong, as one line for the person and one exit code for the shell."""

from __future__ import annotations


class CodemodError(Exception):
    """Anything codemod reports in one line instead of a traceback."""

    exit_code = 1


class UsageError(CodemodError):
    """What was asked for cannot be done: what, where, and what to do instead."""

    exit_code = 2


class RunFailed(CodemodError):
    """The run started and could not finish its work."""

    exit_code = 3


class VerificationFailed(CodemodError):
    """The result was made, and a check says that it is not right."""

    exit_code = 4
