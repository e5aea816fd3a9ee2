"""`codemod review`: a person decides on the changes of a plan, one after the other, the riskiest first.

`texts` has the files as each step found them, `shapes` says which changes are alike, `queue` puts them in an order,
`hunks` makes a diff of one change and `screen` what a person sees of it, `marks` keeps what is decided, `edited`
asks an editor, `keys` reads keys, and `session` is the loop.
"""

from __future__ import annotations
