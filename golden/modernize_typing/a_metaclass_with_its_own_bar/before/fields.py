class FieldMeta(type):
    def __or__(cls, other):
        return (cls, other)


class Field(metaclass=FieldMeta):
    pass


class Text(Field):
    pass
