import sys

__name__ = __package__  # as before: loggers, pickles and reprs say it


if sys.platform == "win32":
    SEP = "\\"

    def drive():
        return SEP
