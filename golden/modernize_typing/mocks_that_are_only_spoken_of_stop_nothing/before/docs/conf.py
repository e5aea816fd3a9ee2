# autodoc_mock_imports = ["heavylib"]
autodoc_mock_imports = []
