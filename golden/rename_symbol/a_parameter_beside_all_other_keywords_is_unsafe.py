# args: --symbol 'test_case.tag(cls)' --to style
# unsafe: 1
def tag(name, cls="", **attributes):
    return name, cls, attributes


print(tag("a", style="bold"))
