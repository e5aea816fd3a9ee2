import asyncio

import pytest


async def test_a():
    pass


def main():
    import unittest

    unittest.main()


if __name__ == "__main__":
    main()
