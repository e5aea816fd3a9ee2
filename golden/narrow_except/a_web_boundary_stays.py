# path: case.py
# skips: 10 N18-web-boundary
from fastapi import APIRouter, HTTPException

router = APIRouter()


@router.get("/items")
def items(store):
    try:
        return store.items_of_all()
    except Exception as error:
        raise HTTPException(500) from error
