"""The message log: inbox, outbox, evidence."""
