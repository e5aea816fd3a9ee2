from suites.contract import *
