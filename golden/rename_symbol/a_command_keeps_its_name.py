# args: --symbol mod.load --to fetch
# path: mod.py
# unsafe: 5
import click


@click.command()
def load():
    print(1)
