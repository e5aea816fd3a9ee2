# args: --unsafe
# path: shop.py
# skips: 8 N01-unknown
import grpc


def connected(addresses: dict[str, str], name: str) -> bool:
    try:
        channel = grpc.insecure_channel(addresses[name])
        grpc.channel_ready_future(channel).result(timeout=3)
    except Exception:
        return False
    return True
