# path: app/routes.py
from app import router


@router.get("/test")
async def test_connection():
    return {}
