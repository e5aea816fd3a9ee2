# args: --unsafe
# path: shop.py
# skips: 11 N18-web-boundary
from fastapi import FastAPI, HTTPException

app = FastAPI()
prices = {"apple": 3}


@app.get("/prices/{name}")
def price(name: str) -> int:
    try:
        return prices[name]
    except Exception as error:
        raise HTTPException(500) from error
