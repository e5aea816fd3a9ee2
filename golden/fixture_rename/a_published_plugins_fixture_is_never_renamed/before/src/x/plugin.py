from .sql import db
