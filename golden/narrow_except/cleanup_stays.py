# path: case.py
# skips: 5 N16-cleanup
class Box:
    def __del__(self):
        try:
            self.handle.close()
        except Exception:
            pass
