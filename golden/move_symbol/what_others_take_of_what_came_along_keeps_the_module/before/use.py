from pkg.fresh import log
