# args: --symbol mod.Box._size --to _length
# path: mod.py
# skips: 6 S08-keys
import attr


@attr.s(auto_attribs=True)
class Box:
    _size: int = 0


Box(size=1)
