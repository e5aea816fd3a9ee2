from text import alpha, beta, delta

from text import delta, gamma
