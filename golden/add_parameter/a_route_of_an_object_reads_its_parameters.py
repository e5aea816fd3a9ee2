# args: --function mod.send --parameter "log: bool = False" --unsafe
# path: mod.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/send")
async def send(text):
    return text
# output
from fastapi import FastAPI

app = FastAPI()


@app.get("/send")
async def send(text, log: bool = False):
    return text
