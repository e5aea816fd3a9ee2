def get_db_session():
    return 2


get_db_session()
