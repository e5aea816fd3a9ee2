"""What GitLab shows."""

from __future__ import annotations

from typing import Any

from tests.forge.github_owners import SINCE, number_of
from tests.forge.hosted import Hosted, Pull
from tests.forge.routes import RoutedForge
from tests.forge.serving import Answer

DRAFT = ("Draft:", "[Draft]", "(Draft)")
PIPELINE = {"none": None, "pending": "running", "failure": "failed", "success": "success"}


class GitLabViews(RoutedForge):
    """Without its routes."""

    realm = "GitLab"
    prefix = ("api", "v4")
    paging = frozenset(("page", "per_page", "order_by", "sort", "pagination"))

    def reset(self) -> None:
        super().reset()
        self.token = self.token.replace("ghp_", "glpat-")
        self.people: dict[int, str] = {}  # who was shown, by id

    def add_repository(self, name: str, source: Any = None, **more: Any) -> str:
        return super().add_repository(name, source, pull_ref="refs/merge-requests/{}/head", **more)

    def lookup(self, values: dict[str, str]) -> Hosted | None:
        project = values["project"]
        found = [r for r in self.repositories if project in (r, str(self.repositories[r].id))]
        return self.repository(found[0]) if found else None

    def error(self, status: int, text: str) -> Answer:
        return Answer(status, {"message": f"{status} {text}"})

    # ---- what it shows -------------------------------------------------------------------------

    def user(self, name: str) -> dict[str, Any]:
        self.people[number_of(name)] = name
        at = {"avatar_url": None, "web_url": f"{self.url}/{name}"}
        return {
            "id": number_of(name),
            "username": name,
            "name": name.title(),
            "state": "active",
            "locked": False,
            **at,
        }

    def project(self, of: Hosted) -> dict[str, Any]:
        owner, _, name = of.name.rpartition("/")
        return {
            "id": of.id,
            "name": name,
            "path": name,
            "path_with_namespace": of.name,
            "name_with_namespace": of.name.replace("/", " / "),
            "default_branch": of.default_branch if of.heads() else None,
            "archived": of.archived,
            "visibility": "private" if of.private else "public",
            "http_url_to_repo": f"{self.url}/{of.name}.git",
            "ssh_url_to_repo": f"git@127.0.0.1:{of.name}.git",
            "web_url": f"{self.url}/{of.name}",
            "namespace": {"id": number_of(owner), "full_path": owner, "kind": "group", "name": owner, "path": owner},
            "merge_method": "merge",
            "merge_pipelines_enabled": of.merge_queue,
            "merge_trains_enabled": of.merge_queue,
            "created_at": SINCE,
            "last_activity_at": SINCE,
        }

    def merge_request(self, of: Hosted, pull: Pull, *, full: bool) -> dict[str, Any]:
        """Lists show less."""
        state = "merged" if pull.merged else "opened" if pull.open else "closed"
        conflicts = pull.open and not of.mergeable(pull)
        checks = of.conclusion(pull.head_sha)
        waiting = {"failure": "ci_must_pass", "pending": "ci_still_running"}.get(checks, "mergeable")
        asked = any(r.state == "CHANGES_REQUESTED" for r in last_reviews(pull).values())
        detailed = (
            "not_open" if not pull.open else "draft_status" if is_draft(pull) else "conflict" if conflicts
            else "requested_changes" if asked else waiting
        )  # fmt: skip
        made = {
            "id": pull.id,
            "iid": pull.number,
            "project_id": of.id,
            "source_project_id": number_of(pull.fork) if pull.fork else of.id,
            "target_project_id": of.id,
            "title": pull.title,
            "description": pull.body,
            "state": state,
            "created_at": pull.created,
            "updated_at": pull.updated,
            "merged_at": pull.merged_at,
            "closed_at": None if pull.merged else pull.closed_at,
            "source_branch": pull.branch,
            "target_branch": pull.base,
            "author": self.user(pull.author),
            "assignees": [self.user(name) for name in pull.assignees],
            "reviewers": [self.user(name) for name in pull.reviewers],
            "labels": sorted(pull.labels),
            "draft": is_draft(pull),
            "work_in_progress": is_draft(pull),
            "merge_when_pipeline_succeeds": pull.auto_merge is not None,
            "merge_status": "cannot_be_merged" if conflicts else "can_be_merged",
            "detailed_merge_status": detailed,
            "has_conflicts": conflicts,
            "sha": pull.head_sha,
            "merge_commit_sha": pull.merge_commit,
            "squash": pull.squash,
            "web_url": f"{self.url}/{of.name}/-/merge_requests/{pull.number}",
            "references": {"short": f"!{pull.number}", "full": f"{of.name}!{pull.number}"},
            "user_notes_count": len(pull.comments),
        }
        if full:
            made["head_pipeline"] = self.pipeline(of, pull)
            made["changes_count"] = str(len(of.files(pull)))
            made["diff_refs"] = self.refs(of, pull)
            made["merge_error"] = None
        return made

    def pipeline(self, of: Hosted, pull: Pull) -> dict[str, Any] | None:
        status = PIPELINE[of.conclusion(pull.head_sha)]
        if status is None:
            return None
        id = number_of(pull.head_sha)
        return {
            "id": id, "iid": 1, "project_id": of.id, "sha": pull.head_sha, "status": status, "created_at": SINCE,
            "ref": f"refs/merge-requests/{pull.number}/head", "source": "merge_request_event", "updated_at": SINCE,
            "web_url": f"{self.url}/{of.name}/-/pipelines/{id}",
        }  # fmt: skip

    def refs(self, of: Hosted, pull: Pull) -> dict[str, Any]:
        tip = of.heads().get(pull.base, pull.head_sha)
        return {"base_sha": of.once("merge-base", tip, pull.head_sha), "head_sha": pull.head_sha, "start_sha": tip}

    def car(self, of: Hosted, pull: Pull) -> dict[str, Any]:
        status = "merged" if pull.merged else "fresh"
        return {
            "id": pull.id, "merge_request": {"id": pull.id, "iid": pull.number, "project_id": of.id,
            "title": pull.title, "state": "merged" if pull.merged else "opened", "web_url": ""},
            "user": self.user(self.login), "pipeline": self.pipeline(of, pull), "created_at": SINCE,
            "updated_at": SINCE, "target_branch": pull.base, "status": status, "merged_at": pull.merged_at,
            "duration": None,
        }  # fmt: skip


def is_draft(pull: Pull) -> bool:
    return pull.title.startswith(DRAFT)


def last_reviews(pull: Pull) -> dict[str, Any]:
    return {review.author: review for review in pull.reviews}
