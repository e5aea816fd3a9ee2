from pkg import alias, count

print(count([1]), alias.count([2]))
