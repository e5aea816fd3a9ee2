from dataclasses import replace

from shop import Admin, Other, User

user = User(username="a", age=1)
admin = Admin(username="b")
other = Other(username="c")
changed = replace(user, username="d")


def show(user: User, thing):
    match user:
        case User(username="a"):
            return thing.username
        case Other(username="b"):
            return user.username
