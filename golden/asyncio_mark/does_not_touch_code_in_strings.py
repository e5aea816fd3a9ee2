def test_plugin(pytester):
    pytester.makepyfile(
        """
        async def test_a():
            pass
        """
    )
