"""An invented OCMW with neighbours, made through the same commands as the screens use.

All persons are invented; national numbers use order numbers that are never issued (950 to 997).
Everything is relative to the day on which it is made, so every screen has something to show.
"""
