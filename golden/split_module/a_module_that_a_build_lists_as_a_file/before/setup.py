from setuptools import setup

setup(name='m', py_modules=['m'])
