from pkg import alias, tally

print(tally([1]), alias.tally([2]))
