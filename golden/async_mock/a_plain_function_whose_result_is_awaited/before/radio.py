import functools


class Device:
    def __init__(self):
        self.control = Control(self)
        self.label = Label(None)

    async def request(self, command): ...

    def name(self):
        return self.label.text()


class Control:
    def __init__(self, device):
        self._device = device

    def request(self, command):
        return self._device.request(command)

    def either(self, command):
        if command:
            return self.request(command)
        return self._device.request(1)

    def name(self):
        return self._device.name()

    def sometimes(self, command):
        if command:
            return self._device.request(command)
        return None

    bind = functools.partialmethod(request, 5)


class Label:
    def __init__(self, device):
        self.device = device

    def text(self):
        return "label"


async def run(control: Control):
    await control.request(1)
    await control.bind()
    await control.sometimes(2)
    control.name()
