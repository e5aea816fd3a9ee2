# args: --target-version 3.10
from typing import Deque, Dict, List, Optional

from fastapi import APIRouter
from pydantic import TypeAdapter

from app import Item, Page

router = APIRouter()
adapter = TypeAdapter(List[Item])


@router.get("/", response_model=List[Item])
def items(queue=Deque()):
    if isinstance(queue, (Dict, List)):
        return Page[Optional[Item]](queue)
# output
from collections import deque

from fastapi import APIRouter
from pydantic import TypeAdapter

from app import Item, Page

router = APIRouter()
adapter = TypeAdapter(list[Item])


@router.get("/", response_model=list[Item])
def items(queue=deque()):
    if isinstance(queue, (dict, list)):
        return Page[Item | None](queue)
