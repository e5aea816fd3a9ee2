kinds = {"Subscription": 1}
