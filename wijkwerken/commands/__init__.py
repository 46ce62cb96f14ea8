"""What people do in wijk-werken; one command an act, each whole or not at all."""
