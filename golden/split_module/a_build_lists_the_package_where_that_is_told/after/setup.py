from setuptools import setup

setup(name='m', packages=['m'])
