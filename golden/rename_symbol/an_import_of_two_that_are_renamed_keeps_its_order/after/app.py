from text import zeta, eta, delta

from text import delta, iota
