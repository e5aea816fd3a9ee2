def stored(request, name):
    return request.getfixturevalue(name)
