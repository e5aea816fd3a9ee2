MORE = ["third.sub"] + "fourth fifth".split()
MORE.append("sixth")
autodoc_mock_imports: list[str] = [*MORE]
autodoc_mock_imports += ("seventh",)


def setup(app):
    app.config.autodoc_mock_imports.extend(["eighth"])
