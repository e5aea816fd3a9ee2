from sqlalchemy.orm import relationship


class Plan:
    user = relationship("User")


class User:
    plan = relationship("shop.models.Plan")
    plans = relationship("Plan", back_populates="user")
