"""What all fakes of forges share: repositories with pull requests, and people who do something with them."""

from __future__ import annotations

from typing import Any

from tests.forge.hosted import Hosted, Pull, Review
from tests.forge.repositories import Repository
from tests.forge.serving import Server


class Forge(Server):
    """Besides `url`, `token` and `add_repository`: what a test looks at, and what people do."""

    def repository_class(self) -> type[Repository]:
        return Hosted

    def repository(self, name: str) -> Hosted | None:
        found = self.repositories.get(name)
        assert found is None or isinstance(found, Hosted)
        return found

    def __getitem__(self, name: str) -> Hosted:
        found = self.repository(name)
        assert found is not None, f"no repository {name}"
        return found

    def refs_moved(self, repository: Repository, who: str) -> None:
        assert isinstance(repository, Hosted)
        repository.update(who)

    # ---- what people do ------------------------------------------------------------------------

    def pulls(self, name: str) -> list[Pull]:
        """All, oldest first."""
        return list(self[name].pulls.values())

    def pull(self, name: str, branch: str) -> Pull:
        """The newest of a branch."""
        return [p for p in self.pulls(name) if p.branch == branch][-1]

    def open(self, name: str, branch: str, base: str = "main", title: str = "By hand", **more: Any) -> Pull:
        """A person opens one; with `fork` and `sha` its head lies in another repository."""
        with self.lock:
            return self[name].open_pull(
                branch, base, title, more.pop("body", None), more.pop("author", "grace"), **more
            )

    def close(self, name: str, number: int) -> None:
        with self.lock:
            self[name].close(self[name].pulls[number])

    def merge(self, name: str, number: int, method: str = "merge") -> str:
        with self.lock:
            made = self[name].merge(self[name].pulls[number], method, "grace")
        assert made, "it conflicts"
        return made

    def review(self, name: str, number: int, verdict: str = "APPROVED", author: str = "grace") -> None:
        with self.lock:
            pull = self[name].pulls[number]
            pull.reviews.append(Review(author, verdict, "", pull.head_sha))  # type: ignore[arg-type]
            if author in pull.reviewers:
                pull.reviewers.remove(author)

    def label(self, name: str, number: int, *labels: str) -> None:
        with self.lock:
            self[name].labels |= set(labels)
            pull = self[name].pulls[number]
            pull.labels += [label for label in labels if label not in pull.labels]

    def check(self, name: str, number: int, **conclusions: str | None) -> None:
        """Set the checks of a pull request's head: `check("acme/app", 1, ci="success")`; None: it runs."""
        with self.lock:
            repository = self[name]
            pull = repository.pulls[number]
            repository.checks.setdefault(pull.head_sha, {}).update(conclusions)
            if pull.auto_merge and repository.conclusion(pull.head_sha) == "success":
                repository.merge(pull, pull.auto_merge, pull.author)
