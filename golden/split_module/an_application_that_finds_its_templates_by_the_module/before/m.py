import flask

app = flask.Flask(__name__)


def two():
    return 2
