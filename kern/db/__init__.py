"""Database plumbing: scope of a transaction, tenant tables, ranges."""
