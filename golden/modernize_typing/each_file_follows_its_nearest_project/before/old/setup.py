from setuptools import setup

setup(name="old", python_requires=">=3.7")
