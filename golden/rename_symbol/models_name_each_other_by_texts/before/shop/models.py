from sqlalchemy.orm import relationship


class Subscription:
    user = relationship("User")


class User:
    plan = relationship("shop.models.Subscription")
    plans = relationship("Subscription", back_populates="user")
