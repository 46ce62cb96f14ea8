"""What the client sees of who looked, and when.

Everybody who opened her file stands in the list at once, by function and not by name. One thing
waits: who watches over privacy (the toezichthouder) looks into what may be wrong, also after a
complaint about a colleague. Such a look is shown after half a year, when an inquiry is over.
"""

# In days.
STIL = 182
