import sys

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


if sys.platform == "win32":
    SEP = "\\"

    def drive():
        return SEP
