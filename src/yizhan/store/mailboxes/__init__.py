"""Stores of mailboxes: memory, SQLite, Redis and PostgreSQL keep one contract alike."""
