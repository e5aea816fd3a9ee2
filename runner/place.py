"""Where one stands: the repository, if any, and the folder of what codemod keeps there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .disk import user_state_dir
from .git import NoRepository, Repository


@dataclass(frozen=True)
class Place:
    """A folder, and what is kept for its work tree: plans, and what `codemod undo` needs."""

    where: Path
    state: Path
    repository: Repository | None

    @classmethod
    def open(cls, where: Path) -> Place:
        """Raises UsageError with git's reason where git refuses the repository."""
        try:
            repository = Repository.open(where)
        except NoRepository:
            return cls(where, user_state_dir(where), None)
        return cls(where, repository.state_dir, repository)

    @property
    def top(self) -> Path:
        """The folder that paths are relative to: that of a bare repository is the git directory."""
        return (self.repository.root or self.repository.where) if self.repository else self.where

    @property
    def work_tree(self) -> Path:
        """The folder that holds the files. Raises UsageError where there is no work tree."""
        return self.repository.work_tree(self.where) if self.repository else self.where
