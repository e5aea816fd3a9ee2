"""Fixtures that pytest and well-known plugins bring along, by the plugin's distribution name.

Names in the `pytest` row are always there. A plugin with an empty row is known to bring none. Any
other plugin may bring anything: where a project uses one, no parameter can be called unknown.
"""

from __future__ import annotations

PLUGIN_FIXTURES: dict[str, frozenset[str]] = {
    plugin: frozenset(names.split())
    for plugin, names in {
        "pytest": """cache capfd capfdbinary caplog capsys capsysbinary capteesys doctest_namespace
            monkeypatch pytestconfig pytester record_property record_testsuite_property record_xml_attribute
            recwarn request subtests testdir tmp_path tmp_path_factory tmpdir tmpdir_factory""",
        "anyio": "anyio_backend anyio_backend_name anyio_backend_options free_tcp_port free_udp_port "
        "free_tcp_port_factory free_udp_port_factory",
        "pytest-asyncio": "event_loop event_loop_policy unused_tcp_port unused_udp_port "
        "unused_tcp_port_factory unused_udp_port_factory",
        "pytest-aiohttp": "aiohttp_client aiohttp_client_cls aiohttp_raw_server aiohttp_server loop proactor_loop "
        "aiohttp_unused_port test_client test_server unused_port",
        "pytest-benchmark": "benchmark benchmark_weave",
        "pytest-celery": "celery_app celery_worker celery_config",
        "pytest-django": """admin_client admin_user async_admin_client async_client async_rf client db
            django_assert_max_num_queries django_assert_num_queries django_capture_on_commit_callbacks
            django_db_blocker django_db_reset_sequences django_db_serialized_rollback django_db_setup
            django_user_model django_username_field live_server mailoutbox rf settings transactional_db""",
        "pytest-docker": "docker_ip docker_services docker_compose_file docker_compose_project_name",
        "pytest-factoryboy": "factoryboy_request",
        "pytest-flask": "accept_any accept_json client client_class config live_server",
        "pytest-freezegun": "freezer",
        "pytest-freezer": "freezer",
        "pytest-httpserver": "httpserver httpserver_ipv4 httpserver_ipv6 make_httpserver",
        "pytest-httpx": "httpx_mock assert_all_responses_were_requested non_mocked_hosts",
        "pytest-localserver": "httpserver httpsserver smtpserver",
        "pytest-mock": "class_mocker mocker module_mocker package_mocker session_mocker",
        "pytest-mongodb": "mongodb",
        "pytest-postgresql": "postgresql postgresql_proc postgresql_noproc",
        "pytest-playwright": "browser browser_name browser_type context page playwright",
        "pytest-recording": "block_network vcr vcr_config",
        "pytest-redis": "redisdb redis_proc redis_nooproc",
        "pytest-regressions": "data_regression dataframe_regression file_regression num_regression original_datadir datadir",
        "pytest-socket": "enable_event_loop_debug socket_disabled socket_enabled",
        "pytest-subprocess": "fake_process fp",
        "pytest-subtests": "subtests",
        "pytest-trio": "autojump_clock mock_clock nursery",
        "pytest-vcr": "vcr vcr_cassette vcr_config",
        "pytest-cov": "cov no_cover",
        "pytest-xdist": "worker_id testrun_uid",
        **dict.fromkeys(
            (  # noqa: SIM905
                "pytest-clarity pytest-codspeed pytest-doctestplus pytest-env pytest-explicit pytest-faulthandler "
                "pytest-flake8 pytest-forked pytest-github-actions-annotate-failures pytest-html pytest-instafail "
                "pytest-isort pytest-json-report pytest-lazy-fixture pytest-lazy-fixtures pytest-md pytest-memray "
                "pytest-mypy pytest-ordering pytest-order pytest-parallel pytest-picked pytest-pretty pytest-pylint "
                "pytest-randomly pytest-random-order pytest-repeat pytest-rerunfailures pytest-reportlog "
                "pytest-retry pytest-ruff pytest-run-parallel pytest-runner pytest-split pytest-sugar "
                "pytest-test-groups pytest-testmon pytest-timeout pytest-tldr pytest-watch pytest-watcher "
                "pytest-black pytest-durations pytest-profiling pytest-unordered pytest-xprocess"
            ).split(),
            "",
        ),
    }.items()
}
ALWAYS = PLUGIN_FIXTURES["pytest"]
EVERY = frozenset().union(*PLUGIN_FIXTURES.values())
