from wire import Client


def call(client: Client, name):
    getattr(client, name)()
