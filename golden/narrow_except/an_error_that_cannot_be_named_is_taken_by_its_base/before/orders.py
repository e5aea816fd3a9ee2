def page(url: str) -> str:
    import requests

    return requests.get(url).text
