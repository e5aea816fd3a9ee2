from db import get_db_session
