import re
from dataclasses import fields

import model

for field in fields(model.Model):
    print(re.sub(r"typing\.List\[(.*)\]", r"\1...", str(field.type)))
