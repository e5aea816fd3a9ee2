"""Pull requests and what belongs to them as GitHub's REST API shows them."""

from __future__ import annotations

from typing import Any

from tests.forge.github_owners import SINCE, Owners, node, number_of
from tests.forge.hosted import Comment, Hosted, Pull, Review, Stack
from tests.forge.repositories import Changed


class Views(Owners):
    """Everything, in one version of the API."""

    def label(self, of: Hosted, name: str) -> dict[str, Any]:
        id = number_of(f"{of.name}:{name}")
        return {
            "id": id, "node_id": node("Label", id), "url": f"{self.api}/repos/{of.name}/labels/{name}", "name": name,
            "description": "", "color": "ededed", "default": False,
        }  # fmt: skip

    def team(self, owner: str, slug: str) -> dict[str, Any]:
        id = number_of(f"{owner}/{slug}")
        at = f"{self.api}/organizations/{number_of(owner)}/team/{id}"
        return {
            "id": id, "node_id": node("Team", id), "url": at, "members_url": f"{at}/members{{/member}}",
            "name": slug.title(), "description": None, "permission": "push", "slug": slug, "parent": None,
            "html_url": f"{self.web}/orgs/{owner}/teams/{slug}", "repositories_url": f"{at}/repos",
            "type": "organization", "privacy": "closed", "notification_setting": "notifications_enabled",
        }  # fmt: skip

    def pull(self, of: Hosted, pull: Pull) -> dict[str, Any]:
        """As lists show it."""
        at, issue = (
            f"{self.api}/repos/{of.name}/pulls/{pull.number}",
            f"{self.api}/repos/{of.name}/issues/{pull.number}",
        )
        html = f"{self.web}/{of.name}/pull/{pull.number}"
        statuses = f"{self.api}/repos/{of.name}/statuses/{pull.head_sha}"
        made = {
            "url": at,
            "id": pull.id,
            "node_id": node("PullRequest", pull.id),
            "html_url": html,
            "diff_url": f"{html}.diff",
            "patch_url": f"{html}.patch",
            "issue_url": issue,
            "commits_url": f"{at}/commits",
            "review_comments_url": f"{at}/comments",
            "review_comment_url": f"{self.api}/repos/{of.name}/pulls/comments{{/number}}",
            "comments_url": f"{issue}/comments",
            "statuses_url": statuses,
            "number": pull.number,
            "state": pull.state,
            "locked": False,
            "title": pull.title,
            "user": self.user(pull.author),
            "body": pull.body,
            "labels": [self.label(of, name) for name in pull.labels],
            "milestone": None,
            "created_at": pull.created,
            "updated_at": pull.updated,
            "closed_at": pull.closed_at,
            "merged_at": pull.merged_at,
            "assignees": [self.user(login) for login in pull.assignees],
            "requested_reviewers": [self.user(login) for login in pull.reviewers],
            "requested_teams": [self.team(of.owner, slug) for slug in pull.teams],
            "head": self._end(of, pull.branch, pull.head_sha, pull.fork),
            "base": self._end(of, pull.base, of.heads().get(pull.base) or pull.head_sha),
            "_links": {
                "self": {"href": at},
                "html": {"href": html},
                "issue": {"href": issue},
                "comments": {"href": f"{issue}/comments"},
                "review_comments": {"href": f"{at}/comments"},
                "review_comment": {"href": f"{self.api}/repos/{of.name}/pulls/comments{{/number}}"},
                "commits": {"href": f"{at}/commits"},
                "statuses": {"href": statuses},
            },
            "author_association": "MEMBER",
            "auto_merge": None
            if pull.auto_merge is None
            else {
                "enabled_by": self.user(pull.author),
                "merge_method": pull.auto_merge,
                "commit_title": pull.title,
                "commit_message": "",
            },
            "active_lock_reason": None,
            "draft": pull.draft,
            "stack": self._place(of, pull),
        }
        if not self.newer:
            made["assignee"] = self.user(pull.assignees[0]) if pull.assignees else None
            made["merge_commit_sha"] = pull.merge_commit
        return made

    def full_pull(self, of: Hosted, pull: Pull) -> dict[str, Any]:
        files = of.files(pull)
        mergeable = of.mergeable(pull)
        blocked = of.merge_queue or of.conclusion(pull.head_sha) in ("pending", "failure")
        state = "unknown" if not pull.open else "draft" if pull.draft else "blocked" if blocked else "clean"
        return self.pull(of, pull) | {
            "merged": pull.merged,
            "mergeable": mergeable if pull.open else None,
            "rebaseable": mergeable if pull.open else None,
            "mergeable_state": "dirty" if pull.open and not mergeable else state,
            "merged_by": self.user(pull.merged_by) if pull.merged_by else None,
            "comments": len(pull.comments),
            "review_comments": sum(len(r.comments) for r in pull.reviews),
            "maintainer_can_modify": False,
            "commits": len(of.commits(pull)),
            "additions": sum(f.added for f in files),
            "deletions": sum(f.removed for f in files),
            "changed_files": len(files),
        }

    def _end(self, of: Hosted, branch: str, sha: str, fork: str = "") -> dict[str, Any]:
        owner = fork.partition("/")[0] or of.owner
        shown = self.repository(of)
        if fork:
            shown |= {"full_name": fork, "owner": self.user(owner), "id": number_of(fork), "fork": True}
        return {"label": f"{owner}:{branch}", "ref": branch, "sha": sha, "user": self.user(owner), "repo": shown}

    def _place(self, of: Hosted, pull: Pull) -> dict[str, Any] | None:
        stack = of.stack_of(pull)
        if stack is None:
            return None
        base = of.pulls[stack.members[0]].base
        return {
            "id": stack.id,
            "number": stack.number,
            "position": stack.members.index(pull.number) + 1,
            "size": len(stack.members),
            "base": {"ref": base, "sha": of.heads().get(base, pull.head_sha)},
        }

    def issue(self, of: Hosted, pull: Pull) -> dict[str, Any]:
        at = f"{self.api}/repos/{of.name}/issues/{pull.number}"
        shown = self.pull(of, pull)
        kept = [
            "id",
            "node_id",
            "number",
            "title",
            "user",
            "labels",
            "state",
            "locked",
            "assignee",
            "assignees",
            "milestone",
            "created_at",
            "updated_at",
            "closed_at",
            "author_association",
            "active_lock_reason",
            "draft",
            "body",
            "html_url",
            "comments_url",
        ]
        html = shown["html_url"]
        return {name: shown[name] for name in kept if name in shown} | {
            "url": at,
            "repository_url": f"{self.api}/repos/{of.name}",
            "labels_url": f"{at}/labels{{/name}}",
            "events_url": f"{at}/events",
            "comments": len(pull.comments),
            "pull_request": {
                "url": shown["url"],
                "html_url": html,
                "diff_url": f"{html}.diff",
                "patch_url": f"{html}.patch",
                "merged_at": pull.merged_at,
            },
        }

    def comment(self, of: Hosted, pull: Pull, comment: Comment) -> dict[str, Any]:
        issue = f"{self.api}/repos/{of.name}/issues/{pull.number}"
        return {
            "id": comment.id,
            "node_id": node("IssueComment", comment.id),
            "url": f"{self.api}/repos/{of.name}/issues/comments/{comment.id}",
            "html_url": f"{self.web}/{of.name}/pull/{pull.number}#issuecomment-{comment.id}",
            "body": comment.body,
            "user": self.user(comment.author),
            "created_at": comment.created,
            "updated_at": comment.created,
            "issue_url": issue,
            "author_association": "MEMBER",
        }

    def event(self, of: Hosted, pull: Pull, at: int, name: str) -> dict[str, Any]:
        id = pull.id * 1000 + at
        return {
            "id": id,
            "node_id": node("IssueEvent", id),
            "url": f"{self.api}/repos/{of.name}/issues/events/{id}",
            "actor": self.user(pull.author),
            "event": name,
            "commit_id": None,
            "commit_url": None,
            "created_at": pull.updated,
            "performed_via_github_app": None,
        }

    def review(self, of: Hosted, pull: Pull, review: Review) -> dict[str, Any]:
        at = f"{self.api}/repos/{of.name}/pulls/{pull.number}"
        html = f"{self.web}/{of.name}/pull/{pull.number}#pullrequestreview-{review.id}"
        return {
            "id": review.id,
            "node_id": node("PullRequestReview", review.id),
            "user": self.user(review.author),
            "body": review.body,
            "state": review.state,
            "html_url": html,
            "pull_request_url": at,
            "_links": {"html": {"href": html}, "pull_request": {"href": at}},
            "submitted_at": review.created,
            "commit_id": review.sha,
            "author_association": "MEMBER",
        }

    def file(self, of: Hosted, pull: Pull, file: Changed) -> dict[str, Any]:
        at = f"{self.web}/{of.name}"
        made = {
            "sha": pull.head_sha,
            "filename": file.path,
            "status": file.status,
            "additions": file.added,
            "deletions": file.removed,
            "changes": file.added + file.removed,
            "blob_url": f"{at}/blob/{pull.head_sha}/{file.path}",
            "raw_url": f"{at}/raw/{pull.head_sha}/{file.path}",
            "contents_url": f"{self.api}/repos/{of.name}/contents/{file.path}?ref={pull.head_sha}",
        }
        if file.patch:
            made["patch"] = file.patch
        return made | ({"previous_filename": file.before} if file.before else {})

    def check(self, of: Hosted, sha: str, name: str, conclusion: str | None) -> dict[str, Any]:
        id = number_of(f"{sha}:{name}")
        at = f"{self.api}/repos/{of.name}/check-runs/{id}"
        return {
            "id": id, "node_id": node("CheckRun", id), "head_sha": sha, "name": name, "url": at, "external_id": "",
            "html_url": f"{self.web}/{of.name}/runs/{id}", "details_url": None, "conclusion": conclusion,
            "status": "in_progress" if conclusion is None else "completed", "started_at": SINCE,
            "completed_at": None if conclusion is None else SINCE, "check_suite": {"id": id}, "app": None,
            "pull_requests": [],
            "output": {"title": None, "summary": None, "text": None, "annotations_count": 0,
                       "annotations_url": f"{at}/annotations"},
        }  # fmt: skip

    def status(self, of: Hosted, sha: str, context: str, state: str) -> dict[str, Any]:
        id = number_of(f"{sha}:{context}")
        return {
            "url": f"{self.api}/repos/{of.name}/statuses/{sha}", "avatar_url": None, "id": id,
            "node_id": node("StatusContext", id), "state": state, "description": None, "target_url": None,
            "context": context, "created_at": SINCE, "updated_at": SINCE,
        }  # fmt: skip

    def stack(self, of: Hosted, stack: Stack, *, full: bool) -> dict[str, Any]:
        pulls = [of.pulls[n] for n in stack.members]
        return {
            "id": stack.id,
            "number": stack.number,
            "node_id": node("Stack", stack.id),
            "url": f"{self.api}/repos/{of.name}/stacks/{stack.number}",
            "base": {"ref": pulls[0].base},
            "open": any(p.open for p in pulls),
            "created_at": stack.created,
            "pull_requests": [self._member(of, p, full) for p in pulls],
        }

    def _member(self, of: Hosted, pull: Pull, full: bool) -> dict[str, Any]:
        made = {
            "number": pull.number,
            "state": pull.state,
            "draft": pull.draft,
            "merged_at": pull.merged_at,
            "head": {"ref": pull.branch, "sha": pull.head_sha},
        }
        if not full:
            return made
        shown = self.pull(of, pull)
        for end in ("head", "base"):
            repository = {k: shown[end]["repo"][k] for k in ("id", "url", "name")}
            made[end] = {"ref": shown[end]["ref"], "sha": shown[end]["sha"], "repo": repository}
        return made | {k: shown[k] for k in ("id", "url", "node_id", "title", "html_url", "user")}
