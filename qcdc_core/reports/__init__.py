"""Reports: drafts, confirmation, review, and who owes what."""
