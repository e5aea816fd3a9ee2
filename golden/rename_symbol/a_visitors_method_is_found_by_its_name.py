# args: --symbol mod.V.visit_Name --to visit_Thing
# path: mod.py
# skips: 5 S04-convention
import ast


class V(ast.NodeVisitor):
    def visit_Name(self, node):
        return node
