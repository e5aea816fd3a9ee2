# args: --function mod.Text.load --parameter log=False --value True
# path: mod.py
# skips: 11 P04-passed
# skips: 12 P06-mock
# skips: 13 P06-mock
import mod


class Text:
    def load(self, path):
        return path


def use(text: Text, mock):
    text.load("a")
    assert mod.Text.load
    mock.load.side_effect = ["b"]
    mock.load.assert_called_once_with("a")
# output
import mod


class Text:
    def load(self, path, log=False):
        return path


def use(text: Text, mock):
    text.load("a", log=True)
    assert mod.Text.load
    mock.load.side_effect = ["b"]
    mock.load.assert_called_once_with("a")
