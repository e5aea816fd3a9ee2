from text import plain as _

TEN = _("ten")
