class Base:
    def run(self, text: str) -> int:
        return 0
