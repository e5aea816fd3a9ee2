from pkg.app import app


@app.route("/")
def home():
    return 1
