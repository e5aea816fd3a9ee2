# path: case.py
# skips: 8 N24-retries
import time


def fetch(client):
    for attempt in range(3):
        try:
            return client.fetch()
        except Exception:
            time.sleep(attempt)
