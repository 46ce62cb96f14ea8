"""Tags of the client's pages."""
