"""Photos as the platforms announce them."""

import hashlib
from typing import Any

from tests.channels.test_conversations import Phone

PHOTO = b"\xff\xd8\xff\xe0" + b"so hop" * 50


def photo(phone: Phone, body: bytes = PHOTO, **more: Any) -> dict[str, Any]:
    """A photo as the platform announces it."""
    fake = phone.system.fake
    name = f"{hashlib.sha256(body).hexdigest()[:10]}.jpg"
    fake.files[name] = body
    url = f"{fake.address}/media/{name}"
    if phone.name == "telegram":
        sizes = [{"file_id": name, "file_unique_id": name, "width": 9, "height": 9}]
        return fake.telegram_update(int(phone.chat), "", photo=sizes, **more)
    if phone.name == "zalo-bot":
        return fake.zalo_event(phone.chat, "", "message.image.received", photo=url, **more)
    attached = [{"type": "image", "payload": {"url": url}}]
    found: dict[str, Any] = fake.oa.event(
        phone.chat, "", "user_send_image", attachments=attached, **more
    )
    return found
