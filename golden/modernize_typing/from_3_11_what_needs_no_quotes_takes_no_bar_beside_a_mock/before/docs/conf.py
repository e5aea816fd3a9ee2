autodoc_mock_imports = ["heavylib"]
