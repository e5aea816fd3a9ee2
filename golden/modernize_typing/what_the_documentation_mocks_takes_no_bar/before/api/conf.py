extensions = ["sphinx.ext.autodoc"]
MOCKED = ["otherlib"]
autodoc_mock_imports = MOCKED
