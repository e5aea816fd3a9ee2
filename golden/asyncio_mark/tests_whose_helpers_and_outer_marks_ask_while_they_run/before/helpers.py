def fetch(request, name):
    return request.getfixturevalue(name)
