import json


def one():
    return open('data.json')


def two(x: 'json.JSONDecoder'):
    return 2
