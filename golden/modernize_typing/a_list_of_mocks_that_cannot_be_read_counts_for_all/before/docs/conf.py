import os
autodoc_mock_imports = os.environ["MOCKED"].split(",")
