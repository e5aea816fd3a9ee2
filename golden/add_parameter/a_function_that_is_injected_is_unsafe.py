# args: --function mod.user --parameter log=False
# path: mod.py
# skips: 8 P04-passed
# unsafe: 4
from fastapi import Depends


def user(name):
    return name


def page(one=Depends(user)):
    return one
