# args: --unsafe
# path: shop.py
import boto3
from botocore.exceptions import BotoCoreError


def kept(name: str) -> object:
    store = boto3.client("s3")
    try:
        return store.get_object(Bucket="shop", Key=name)
    except Exception:
        return None
# output
import boto3
from botocore.exceptions import BotoCoreError, ClientError


def kept(name: str) -> object:
    store = boto3.client("s3")
    try:
        return store.get_object(Bucket="shop", Key=name)
    except (BotoCoreError, ClientError):
        return None
