from shop import Robot, User

user = User(username="a", age=1)
robot = Robot()
print(user.username, robot.username)


def show(thing):
    return thing.username
