from more import stored as kept
