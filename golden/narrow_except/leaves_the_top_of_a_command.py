# args: --unsafe
# path: shop.py
# skips: 12 N17-main
import click


def run(prices: dict[str, int]) -> None:
    print(prices["apple"])


@click.command()
def prices() -> None:
    try:
        run({})
    except Exception as error:
        click.echo(error)
        raise SystemExit(1)
