from text import lazy as _

TWO = _("two")
