TABLE = {"size": "pkg.mod.count", "kind": "pkg.other.count"}
