"""The smallest useful Telegram bot on the same library, to measure ours beside it.

One text handler, one row through SQLAlchemy, one reply with the sender's own words. It trusts
everybody, remembers no id and loses what it had taken when it dies.

Arguments: port, address of the Bot API, SQLite file, file for the moments of storing.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, text
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.fakes.platforms import TELEGRAM_TOKEN

MESSAGES = Table(
    "message",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("chat", Integer),
    Column("words", String),
)


class MinimalBot:
    def __init__(self, api: str, database: str) -> None:
        self.stored: dict[int, float] = {}
        self.engine = create_engine(f"sqlite:///{database}")
        with self.engine.begin() as connection:
            connection.execute(text("PRAGMA journal_mode = WAL"))
            connection.execute(text("PRAGMA synchronous = NORMAL"))
        MESSAGES.metadata.create_all(self.engine)
        self.application = Application.builder().token(TELEGRAM_TOKEN).base_url(api).build()
        self.application.add_handler(MessageHandler(filters.TEXT, self.answer))

    async def answer(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None:
            return
        row = {"id": update.update_id, "chat": message.chat_id, "words": message.text}
        with self.engine.begin() as connection:
            connection.execute(insert(MESSAGES), row)
        self.stored[update.update_id] = time.monotonic()
        await message.reply_text(message.text or "")

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One webhook call: into the application's queue, and 200."""
        head = await reader.readuntil(b"\r\n\r\n")
        [length] = [
            int(line.partition(b":")[2])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ]
        raw = json.loads(await reader.readexactly(length))
        await self.application.update_queue.put(Update.de_json(raw, self.application.bot))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


async def main() -> dict[int, float]:
    """Serve until standard input is closed, then return when each was stored."""
    port, api, database, _moments = sys.argv[1:]
    bot = MinimalBot(api, database)
    async with bot.application:
        await bot.application.start()
        server = await asyncio.start_server(bot.take, "127.0.0.1", int(port))
        await asyncio.to_thread(sys.stdin.read)
        server.close()
        await bot.application.stop()
    return bot.stored


if __name__ == "__main__":
    Path(sys.argv[4]).write_text(json.dumps(asyncio.run(main())), "utf-8")
