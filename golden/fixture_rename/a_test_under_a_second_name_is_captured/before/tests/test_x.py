import helpers

test_checked = helpers.check
