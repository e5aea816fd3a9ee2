from shop import ShopClient, make_client
from shop.factory import open_client


class App:
    def __init__(self):
        self.client = ShopClient()

    async def run(self):
        client = make_client()
        await client.buy()
