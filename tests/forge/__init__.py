"""Forges on 127.0.0.1, for tests: GitHub, GitLab, Gitea, Bitbucket, with real git behind them.

    def test_a_batch(forge):                                    # a GitHub, empty at first
        url = forge.add_repository("acme/app", folder)          # to clone from, and to push to with `forge.token`
        forge.commit("acme/app", "main", {"a.py": "a = 1\n"})   # people push, close, merge, review, label, set checks
        forge.fail(at=3, kind="504 after")                      # the third request from now: done, and not answered
        ...
        assert [p.title for p in forge.pulls("acme/app")] == ["Use it"]
        assert all(r.token == forge.token for r in forge.requests)

What a client asks of GitHub and is answered is held against GitHub's own description (contract.py, renew.py); what
differs fails the test. serving.py is the server, repositories.py and hosted.py what it knows, people.py what people do,
github*.py and the others how each forge tells it; batches.py is a batch as a person runs it.
"""
