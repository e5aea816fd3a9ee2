from shop import Robot, User

user = User(first_name="a", age=1)
robot = Robot()
print(user.first_name, robot.username)


def show(thing):
    return thing.username
