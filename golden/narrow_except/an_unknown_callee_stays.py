# path: case.py
# skips: 4 N01-unknown
def ask(client):
    try:
        return client.fetch()
    except Exception:
        return None
