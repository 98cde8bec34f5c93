"""The chat: channels, dialogue, worker and the public web face."""
