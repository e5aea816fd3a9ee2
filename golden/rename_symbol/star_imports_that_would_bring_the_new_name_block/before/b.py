from base import *

def show(another):
    return plain(), another
