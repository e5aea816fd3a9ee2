extensions = ["sphinx.ext.autodoc"]
autodoc_mock_imports = ["heavylib", "tkinter"]
