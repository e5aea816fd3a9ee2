# args: --target-version 3.10
# skips: 9 T13-value
from typing import Dict, List, Mapping, Optional, Union

from fastapi import APIRouter, Depends

router = APIRouter()


@router.get("/", response_model=Optional[Union[int, str]])
def one(item=Depends(List[int])):
    return isinstance(item, Dict) or issubclass(item, (Mapping, List))
# output
from collections.abc import Mapping
from typing import List

from fastapi import APIRouter, Depends

router = APIRouter()


@router.get("/", response_model=int | str | None)
def one(item=Depends(List[int])):
    return isinstance(item, dict) or issubclass(item, (Mapping, list))
