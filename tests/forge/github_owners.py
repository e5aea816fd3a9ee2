"""Users and repositories as GitHub's REST API shows them."""

from __future__ import annotations

import base64
import zlib
from typing import Any

from tests.forge.hosted import Hosted

SINCE = "2020-01-01T00:00:00Z"
PLURALS = [
    "archive",
    "assignees",
    "blobs",
    "branches",
    "collaborators",
    "comments",
    "commits",
    "compare",
    "contents",
    "contributors",
    "deployments",
    "downloads",
    "events",
    "forks",
    "hooks",
    "issues",
    "keys",
    "labels",
    "languages",
    "merges",
    "milestones",
    "notifications",
    "pulls",
    "releases",
    "stargazers",
    "statuses",
    "subscribers",
    "subscription",
    "tags",
    "teams",
    "trees",
]
SUFFIX = {
    "assignees": "{/user}", "blobs": "{/sha}", "branches": "{/branch}", "collaborators": "{/collaborator}",
    "comments": "{/number}", "commits": "{/sha}", "compare": "{base}...{head}", "contents": "{+path}",
    "issues": "{/number}", "keys": "{/key_id}", "labels": "{/name}", "milestones": "{/number}",
    "notifications": "{?since,all,participating}", "pulls": "{/number}", "releases": "{/id}", "statuses": "{sha}",
    "trees": "{/sha}",
}  # fmt: skip


def number_of(text: str) -> int:
    return zlib.crc32(text.encode())


def node(kind: str, id: int) -> str:
    return base64.b64encode(f"{kind}:{id}".encode()).decode()


class Owners:
    """With the address that they all begin with, and the API's version."""

    def __init__(self, url: str, api: str, version: str) -> None:
        self.web = url
        self.api = api
        self.version = version

    @property
    def newer(self) -> bool:
        return self.version >= "2026-03-10"

    def user(self, login: str) -> dict[str, Any]:
        at = f"{self.api}/users/{login}"
        links = [
            "events",
            "followers",
            "following",
            "gists",
            "organizations",
            "received_events",
            "repos",
            "starred",
            "subscriptions",
        ]
        return {f"{name}_url": f"{at}/{name.replace('organizations', 'orgs')}" for name in links} | {
            "login": login,
            "id": number_of(login),
            "node_id": node("User", number_of(login)),
            "avatar_url": f"{self.web}/avatars/{login}",
            "gravatar_id": "",
            "url": at,
            "html_url": f"{self.web}/{login}",
            "type": "User",
            "site_admin": False,
        }

    def full_user(self, login: str) -> dict[str, Any]:
        return self.user(login) | {
            "name": login.title(), "company": None, "blog": "", "location": None, "email": None, "hireable": None,
            "bio": None, "public_repos": 1, "public_gists": 0, "followers": 0, "following": 0, "created_at": SINCE,
            "updated_at": SINCE,
        }  # fmt: skip

    def private_user(self, login: str) -> dict[str, Any]:
        return self.full_user(login) | {
            "private_gists": 0, "total_private_repos": 0, "owned_private_repos": 0, "disk_usage": 0,
            "collaborators": 0, "two_factor_authentication": True,
        }  # fmt: skip

    def organization(self, login: str) -> dict[str, Any]:
        at = f"{self.api}/orgs/{login}"
        links = {f"{name}_url": f"{at}/{name}" for name in ("repos", "events", "hooks", "issues")}
        return links | {
            "login": login, "id": number_of(login), "node_id": node("Organization", number_of(login)), "url": at,
            "members_url": f"{at}/members{{/member}}", "public_members_url": f"{at}/public_members{{/member}}",
            "avatar_url": f"{self.web}/avatars/{login}", "description": "", "html_url": f"{self.web}/{login}",
            "has_organization_projects": False, "has_repository_projects": False, "public_repos": 1,
            "public_gists": 0, "followers": 0, "following": 0, "type": "Organization", "created_at": SINCE,
            "updated_at": SINCE, "archived_at": None,
        }  # fmt: skip

    def repository(self, of: Hosted) -> dict[str, Any]:
        at = f"{self.api}/repos/{of.name}"
        made: dict[str, Any] = {f"{n}_url": f"{at}/{n}{SUFFIX.get(n, '')}" for n in PLURALS}
        for kind in ("commits", "refs", "tags"):
            made[f"git_{kind}_url"] = f"{at}/git/{kind}{{/sha}}"
        for flag in ("has_issues", "has_projects", "has_wiki", "allow_merge_commit", "allow_squash_merge"):
            made[flag] = True
        for count in ("forks", "forks_count", "stargazers_count", "watchers", "watchers_count", "size"):
            made[count] = 0
        opened = sum(p.open for p in of.pulls.values())
        return made | {
            "id": of.id,
            "node_id": node("Repository", of.id),
            "name": of.name.rpartition("/")[2],
            "full_name": of.name,
            "owner": self.user(of.owner),
            "private": of.private,
            "html_url": f"{self.web}/{of.name}",
            "description": None,
            "fork": False,
            "url": at,
            "issue_comment_url": f"{at}/issues/comments{{/number}}",
            "issue_events_url": f"{at}/issues/events{{/number}}",
            "clone_url": f"{self.web}/{of.name}.git",
            "git_url": f"git:{self.web.partition(':')[2]}/{of.name}.git",
            "ssh_url": f"git@127.0.0.1:{of.name}.git",
            "svn_url": f"{self.web}/{of.name}",
            "mirror_url": None,
            "homepage": None,
            "language": "Python",
            "default_branch": of.default_branch,
            "has_pages": False,
            "has_discussions": False,
            "archived": of.archived,
            "disabled": False,
            "open_issues": opened,
            "open_issues_count": opened,
            "license": None,
            "allow_rebase_merge": True,
            "allow_auto_merge": of.auto_merge,
            "delete_branch_on_merge": of.delete_merged,
            "visibility": "private" if of.private else "public",
            "permissions": {"admin": False, "push": True, "pull": True},
            "pushed_at": SINCE,
            "created_at": SINCE,
            "updated_at": SINCE,
        } | ({} if self.newer else {"has_downloads": False})  # fmt: skip

    def full_repository(self, of: Hosted) -> dict[str, Any]:
        return self.repository(of) | {"network_count": 0, "subscribers_count": 0}
