from .a import one as tools
