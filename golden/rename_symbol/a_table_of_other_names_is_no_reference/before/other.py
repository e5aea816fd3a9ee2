table = {"count": 1}["count"]
globals()["count"] = 1
