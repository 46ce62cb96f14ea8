"""Reading an OCMW's own client list: bytes to table, columns to fields, rows to verdicts."""
