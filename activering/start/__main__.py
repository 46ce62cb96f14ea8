"""`python -m activering.start`."""

from activering.start.site import main

main()
