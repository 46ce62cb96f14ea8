"""Server time and number of queries of each screen, on Dorp, on Stad and in Vlaanderen."""
