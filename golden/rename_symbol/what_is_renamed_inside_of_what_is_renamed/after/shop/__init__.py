from .prose import Prose
