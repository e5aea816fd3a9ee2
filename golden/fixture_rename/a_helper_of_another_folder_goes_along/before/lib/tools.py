def stored(request):
    return request.getfixturevalue("db")
