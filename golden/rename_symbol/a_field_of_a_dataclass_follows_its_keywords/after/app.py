from dataclasses import replace

from shop import Admin, Other, User

user = User(first_name="a", age=1)
admin = Admin(first_name="b")
other = Other(username="c")
changed = replace(user, first_name="d")


def show(user: User, thing):
    match user:
        case User(first_name="a"):
            return thing.username
        case Other(username="b"):
            return user.first_name
