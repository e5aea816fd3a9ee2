"""GitLab on 127.0.0.1: merge requests, trains, pipelines, as far as a client of merge requests needs them.

GitLab's answers are from its documentation: there is none here that could be asked.
"""

from __future__ import annotations

from tests.forge.gitlab_routes import routes
from tests.forge.gitlab_views import GitLabViews


class GitLab(GitLabViews):
    """What tests use is what all fakes have. `merge_queue` of a repository: it has merge trains."""

    routes = routes

    def run_train(self, name: str) -> None:
        """The merge train arrives."""
        with self.lock:
            repository = self[name]
            for number in list(repository.queue):
                pull = repository.pulls[number]
                if repository.merge(pull, "squash" if pull.squash else "merge", self.login):
                    assert pull.merge_request
                    pull.merge_request.status = "merged"

    def evict(self, name: str, number: int) -> None:
        """The merge train puts one out."""
        with self.lock:
            self[name].queue.remove(number)
            self[name].pulls[number].merge_request = None
            self[name].pulls[number].queue_events.append("removed_from_merge_queue")
