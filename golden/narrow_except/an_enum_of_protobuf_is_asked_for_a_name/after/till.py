from codes_pb2 import Code


def told(number: int) -> str:
    try:
        return Code.Name(number)
    except ValueError:
        return ""
