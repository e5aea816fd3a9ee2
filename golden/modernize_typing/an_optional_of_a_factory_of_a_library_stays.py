# args: --target-version 3.10
# skips: 7 T07-function
# skips: 8 T07-function
from typing import Optional

from lxml import etree
from lxml.etree import Element


def a(x: Optional[Element]) -> None: ...
def b(x: Optional[etree.ElementTree]) -> None: ...
def c(x: Optional[etree._Element]) -> None: ...
# output
from typing import Optional

from lxml import etree
from lxml.etree import Element


def a(x: Optional[Element]) -> None: ...
def b(x: Optional[etree.ElementTree]) -> None: ...
def c(x: etree._Element | None) -> None: ...
