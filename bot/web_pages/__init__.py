"""The pages of the public face, put together by ``bot.web``."""
