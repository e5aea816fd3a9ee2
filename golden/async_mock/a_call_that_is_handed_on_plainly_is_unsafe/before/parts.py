class Feed:
    async def pull(self, n):
        return n


class Relay:
    def __init__(self, feed: Feed):
        self.feed = feed

    def forward(self, n):
        return self.feed.pull(n)
