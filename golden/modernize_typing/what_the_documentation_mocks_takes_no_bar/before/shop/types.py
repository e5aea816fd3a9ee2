from heavylib import Grid
