print(__file__, dir())
