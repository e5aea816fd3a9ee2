# args: --function mod.send --parameter log=False
# path: mod.py
# unsafe: 5
import click


@click.command()
def send(text):
    return text
