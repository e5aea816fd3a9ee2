# args: --unsafe
# path: shop.py
# skips: 11 N18-web-boundary
from flask import Flask, jsonify

app = Flask(__name__)
prices = {"apple": 3}


@app.route("/prices/<name>")
def price(name: str):
    try:
        return jsonify(price=prices[name])
    except Exception as error:
        return jsonify(error=str(error)), 500
