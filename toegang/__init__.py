"""Besturen, users, roles, permissions, sign-in, the two walls, audit trail and read log."""
