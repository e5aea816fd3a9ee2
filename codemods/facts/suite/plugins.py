"""Fixtures of pytest and of well-known plugins, by the plugin's distribution name: one table for all codemods.

A row says what a plugin *gives*, and after a semicolon what it *asks* a project to define: such a name means the
plugin's fixture too, yet nothing fills a parameter with it. A name that ends in `*` is a prefix. Plugins without
fixtures have an empty row: where a row is missing, nobody knows what the plugin brings. So pytest-factoryboy,
pytest-bdd and others that make fixtures of what a project hands them have none. Read from the releases of 2025
and 2026, with what older releases gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

PLUGINS: Mapping[str, Sequence[Sequence[str]]] = {
    name: [names.split() for names in row.split(";")]
    for name, row in {
        "pytest": """cache capfd capfdbinary caplog capsys capsysbinary capteesys doctest_namespace monkeypatch
            pytestconfig pytester record_property record_testsuite_property record_xml_attribute recwarn request
            subtests testdir tmp_path tmp_path_factory tmpdir tmpdir_factory""",
        "anyio": """anyio_backend anyio_backend_name anyio_backend_options free_tcp_port free_tcp_port_factory
            free_udp_port free_udp_port_factory""",
        "celery": "celery_* depends_on_current_app use_celery_app_trap",
        "faker": "faker _session_faker; faker_*",
        "pyfakefs": "fs fs_class fs_module fs_session",
        "pytest-aiohttp": """aiohttp_* loop loop_debug proactor_loop raw_test_server test_client test_server
            unused_port unused_tcp_port""",
        "pytest-asyncio": """event_loop event_loop_policy unused_tcp_port unused_tcp_port_factory unused_udp_port
            unused_udp_port_factory""",
        "pytest-base-url": "base_url _verify_url",
        "pytest-benchmark": "benchmark benchmark_weave",
        "pytest-celery": "celery_* default_*",
        "pytest-codspeed": "benchmark codspeed_benchmark",
        "pytest-check": "check",
        "pytest-click": "cli_runner isolated_cli_runner",
        "pytest-console-scripts": "script_cwd script_launch_mode script_runner",
        "pytest-cookies": "cookies",
        "pytest-cov": "cov no_cover",
        "pytest-datadir": "datadir lazy_datadir lazy_shared_datadir original_datadir shared_datadir",
        "pytest-django": """db transactional_db django_* client async_client admin_client async_admin_client admin_user
            rf async_rf settings mailoutbox live_server _live_server_helper""",
        "pytest-docker": "docker_*",
        "pytest-docker-compose": "docker_* class_scoped_container_getter function_scoped_container_getter "
        "module_scoped_container_getter session_scoped_container_getter",
        "pytest-flask": "accept_* client client_class config live_server mimetype request_ctx; app",
        "pytest-flask-sqlalchemy": "db_engine db_session _engine _session _transaction; _db mocker",
        "pytest-freezegun": "freezer",
        "pytest-freezer": "freezer",
        "pytest-homeassistant-custom-component": """hass hass_* aioclient_mock area_registry caplog device_registry
            enable_custom_integrations entity_registry expected_lingering_tasks expected_lingering_timers freezer
            issue_registry mock_* recorder_* socket_enabled snapshot""",
        "pytest-examples": "eval_example run_example",
        "pytest-html": "extra extras metadata",
        "pytest-httpbin": "httpbin* class_based_httpbin*",
        "pytest-httpserver": "httpserver* make_httpserver*",
        "pytest-httpx": "httpx_mock non_mocked_hosts assert_all_*",
        "pytest-json-report": "json_metadata metadata",
        "pytest-localserver": "httpserver httpsserver smtpserver",
        "pytest-metadata": "metadata include_metadata_in_junit_xml",
        "pytest-mock": "mocker class_mocker module_mocker package_mocker session_mocker",
        "pytest-mongodb": "mongodb",
        "pytest-monitor": "prf_module_tracer prf_tracer",
        "pytest-playwright": """browser browser_channel browser_context_args browser_name browser_type
            browser_type_launch_args connect_options context delete_output_dir device is_chromium is_firefox is_webkit
            launch_browser new_context output_path page playwright base_url""",
        "pytest-postgresql": "postgresql postgresql_*",
        "pytest-qt": "qapp qapp_args qapp_cls qtbot qtlog qtmodeltester; qapp*",
        "pytest-recording": """allowed_hosts block_network default_cassette_name disable_recording record_mode vcr
            vcr_cassette_dir vcr_config vcr_markers""",
        "pytest-redis": "redisdb redis_proc redis_noproc redis_nooproc",
        "pytest-regressions": """data_regression dataframe_regression file_regression image_regression
            ndarrays_regression num_regression datadir lazy_datadir lazy_shared_datadir original_datadir
            shared_datadir""",
        "pytest-responses": "responses",
        "pytest-run-parallel": "iteration_index num_iterations num_parallel_threads thread_comp thread_index",
        "pytest-salt-factories": """configure_loader_modules event_listener salt_factories* session_markers_loader
            stats_processes""",
        "pytest-snapshot": "snapshot",
        "pytest-socket": "socket_disabled socket_enabled",
        "pytest-sqlalchemy": "engine connection transaction dbsession sqlalchemy_*",
        "pytest-subprocess": "fake_process fp",
        "pytest-subtests": "subtests",
        "pytest-tornado": """base_url http_client http_port http_server https_client https_port https_server io_loop
            http_app https_app ssl_options; app""",
        "pytest-trio": "autojump_clock mock_clock nursery",
        "pytest-twisted": "reactor twisted_greenlet",
        "pytest-vcr": "vcr vcr_cassette vcr_cassette_dir vcr_cassette_name vcr_config",
        "pytest-xdist": "worker_id testrun_uid",
        "pytest-xprocess": "xprocess",
        "pytest-xvfb": "xvfb",
        "requests-mock": "requests_mock",
        "respx": "respx_mock",
        "syrupy": "snapshot",
        "time-machine": "time_machine",
        **dict.fromkeys(
            (  # noqa: SIM905
                "pytest-black pytest-clarity pytest-deadfixtures pytest-dependency pytest-depends pytest-doctestplus "
                "pytest-dotenv pytest-durations pytest-env pytest-explicit pytest-icdiff pytest-pydocstyle "
                "pytest-faulthandler pytest-flake8 pytest-forked pytest-github-actions-annotate-failures "
                "pytest-instafail pytest-isort pytest-lazy-fixture pytest-lazy-fixtures pytest-md pytest-memray "
                "pytest-mypy pytest-order pytest-ordering pytest-parallel pytest-picked pytest-pretty "
                "pytest-profiling pytest-pylint pytest-random-order pytest-randomly pytest-repeat pytest-reportlog "
                "pytest-rerunfailures pytest-retry pytest-ruff pytest-runner pytest-skip-slow pytest-split "
                "pytest-sugar pytest-test-groups pytest-testmon pytest-timeout pytest-tldr pytest-unordered "
                "pytest-watch pytest-watcher"
            ).split(),
            "",
        ),
    }.items()
}


def providers(name: str, installed: Iterable[str] = PLUGINS, asked: bool = False) -> list[str]:
    """Which of some plugins define a fixture of this name, or with `asked` request it; of those that nobody knows, none."""
    known = ((p, n) for p in installed for names in PLUGINS.get(p, ())[: 1 + asked] for n in names)
    return [*dict.fromkeys(p for p, n in known if n == name or (n[-1] == "*" and name.startswith(n[:-1])))]
