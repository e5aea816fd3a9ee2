# args: --symbol 'mod.main(size)' --to limit
# path: mod.py
# unsafe: 6
import click


@click.command()
@click.option("--kind")
def main(size):
    print(size)
