import pytest


@pytest.fixture
def db ( ): # the db
	return 1


def test_a(
	db,   # the db
	x,
): # db
	assert   db	# db
# output
import pytest


@pytest.fixture
def db_session ( ): # the db
	return 1


def test_a(
	db_session,   # the db
	x,
): # db
	assert   db_session	# db
