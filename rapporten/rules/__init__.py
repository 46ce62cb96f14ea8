"""Rules of reports: which period, how much text. Pure."""
