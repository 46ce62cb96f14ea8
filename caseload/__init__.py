"""The worker's day: Vandaag, lists, the client's file on screen, import, search."""
