"""The admin pages: review figures, compile briefs."""
