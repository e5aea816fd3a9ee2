class mark:
    @staticmethod
    def asyncio(function):
        return function
