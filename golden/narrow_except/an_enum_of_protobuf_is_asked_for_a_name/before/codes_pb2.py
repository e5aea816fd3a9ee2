import google.protobuf

if google.protobuf.__version__ >= "5":
    from google.protobuf import descriptor_pool as _descriptor_pool
    from google.protobuf.internal import builder as _builder

    DESCRIPTOR = _descriptor_pool.Default().AddSerializedFile(b"\n")
    _builder.BuildMessageAndEnumDescriptors(DESCRIPTOR, globals())
else:
    from google.protobuf import descriptor_pool as _descriptor_pool
    from google.protobuf.internal import enum_type_wrapper

    DESCRIPTOR = _descriptor_pool.Default().AddSerializedFile(b"\n")
    _CODE = DESCRIPTOR.enum_types_by_name["Code"]
    Code = enum_type_wrapper.EnumTypeWrapper(_CODE)
