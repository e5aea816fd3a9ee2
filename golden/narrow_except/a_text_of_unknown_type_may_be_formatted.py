# args: --unsafe
# path: labels.py
class Label:
    def __init__(self, form, width):
        self.form = form
        self.width = width

    def named(self, name):
        try:
            return self.form % {"name": name}
        except Exception:
            return ""

    def numbered(self, name):
        try:
            return self.form % (name, 3)
        except Exception:
            return ""

    def any(self, name):
        try:
            return self.form % name
        except Exception:
            return ""

    def rest(self, count: int):
        try:
            return self.width % count
        except Exception:
            return 0

    def even(self, text: str):
        try:
            return int(text) % 2 == 0
        except Exception:
            return False
# output
class Label:
    def __init__(self, form, width):
        self.form = form
        self.width = width

    def named(self, name):
        try:
            return self.form % {"name": name}
        except (KeyError, ValueError):
            return ""

    def numbered(self, name):
        try:
            return self.form % (name, 3)
        except ValueError:
            return ""

    def any(self, name):
        try:
            return self.form % name
        except (KeyError, ValueError, ZeroDivisionError):
            return ""

    def rest(self, count: int):
        try:
            return self.width % count
        except (ValueError, ZeroDivisionError):
            return 0

    def even(self, text: str):
        try:
            return int(text) % 2 == 0
        except ValueError:
            return False
