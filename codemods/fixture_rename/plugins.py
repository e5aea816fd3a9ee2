"""Fixture names that a plugin defines or requests: a project that renames its own override breaks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import dirname

PYTEST = frozenset({
    "cache", "capfd", "capfdbinary", "caplog", "capsys", "capsysbinary", "capteesys", "doctest_namespace", "monkeypatch",
    "pytestconfig", "pytester", "record_property", "record_testsuite_property", "record_xml_attribute", "recwarn", "request",
    "subtests", "testdir", "tmp_path", "tmp_path_factory", "tmpdir", "tmpdir_factory",
})  # fmt: skip

# distribution → what it defines or asks a project to override; a name ending in * is a prefix
PLUGINS: Mapping[str, str] = {
    "pytest-django": "db transactional_db django_* client async_client admin_client admin_user rf async_rf settings mailoutbox"
    " live_server _live_server_helper",
    "anyio": "anyio_backend anyio_backend_name anyio_backend_options free_tcp_port free_udp_port",
    "pytest-asyncio": "event_loop event_loop_policy unused_tcp_port unused_tcp_port_factory unused_udp_port",
    "pytest-playwright": "browser browser_context_args browser_type browser_type_launch_args base_url page context new_context playwright",
    "pytest-base-url": "base_url",
    "pytest-vcr": "vcr vcr_config vcr_cassette_dir",
    "pytest-recording": "vcr vcr_config vcr_cassette_dir record_mode",
    "celery": "celery_*",
    "pytest-celery": "celery_* default_*",
    "pytest-docker": "docker_*",
    "pytest-docker-compose": "docker_*",
    "pytest-flask": "app client client_class config live_server request_ctx accept_* mimetype",
    "pytest-tornado": "app io_loop http_server http_client base_url http_port",
    "pytest-qt": "qapp* qtbot qtlog qtmodeltester",
    "pytest-flask-sqlalchemy": "_db db_session db_engine _transaction _engine _session",
    "pytest-sqlalchemy": "engine connection transaction dbsession sqlalchemy_*",
    "pytest-httpx": "httpx_mock non_mocked_hosts assert_all_*",
    "pytest-httpserver": "httpserver* make_httpserver",
    "pytest-twisted": "reactor",
    "pytest-salt-factories": "configure_loader_modules event_listener salt_factories* stats_processes",
    "pytest-mock": "mocker class_mocker module_mocker package_mocker session_mocker",
    "pytest-postgresql": "postgresql postgresql_* ",
    "pytest-aiohttp": "aiohttp_* loop proactor_loop unused_port aiohttp_client_cls test_client test_server raw_test_server",
    "pytest-xdist": "worker_id testrun_uid",
    "pytest-benchmark": "benchmark benchmark_weave",
    "requests-mock": "requests_mock",
    "pytest-freezer": "freezer",
    "faker": "faker faker_*",
    "pytest-homeassistant-custom-component": "hass hass_*",
}


class Plugins:
    """Which of these names mean a plugin's fixture, and where in the project."""

    def __init__(
        self, names: Iterable[str], texts: Mapping[str, str], evidence: Iterable[str], declared: Iterable[str]
    ) -> None:
        self._names = {n: [p for p, known in PLUGINS.items() if _lists(known, n)] for n in names}
        wanted = sorted({plugin for plugins in self._names.values() for plugin in plugins})
        self._declared = frozenset(declared)
        self._folders: dict[str, set[str]] = {}  # plugin → folders whose requirements name it
        for path, text in texts.items():
            folder = dirname(path)
            if folder.rpartition("/")[2].startswith("requirements"):
                folder = dirname(folder)
            for plugin in wanted:
                if re.search(rf"(?<![\w-]){plugin.replace('-', '[-_]')}(?![\w-])", text):
                    self._folders.setdefault(plugin, set()).add(folder)
            if "DJANGO_SETTINGS_MODULE" in text:
                self._folders.setdefault("pytest-django", set()).add(folder)
        used = self._folders.setdefault("pytest-django", set())
        used.update(dirname(path) for path in evidence)

    def owner(self, name: str, path: str) -> str:
        """The plugin whose fixture the name is for tests in or below a file's folder; "" for none."""
        if name in self._declared:
            return "a plugin named by --plugin-fixture"
        if name in PYTEST:
            return "pytest"
        for plugin in self._names[name]:
            if any(_related(folder, dirname(path)) for folder in self._folders.get(plugin, ())):
                return plugin
        return ""


def _lists(known: str, name: str) -> bool:
    return any(name == n or (n.endswith("*") and name.startswith(n[:-1])) for n in known.split())


def _related(a: str, b: str) -> bool:
    return not a or not b or a == b or a.startswith(f"{b}/") or b.startswith(f"{a}/")
