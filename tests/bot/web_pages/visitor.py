"""A browser on the chat page, without script or as its script speaks."""

import json
import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse


class Clock:
    """Each look is a second later, so that messages have an order."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


class Visitor:
    """A browser on the chat: ``sends`` as the script does, ``submits`` as the plain form does."""

    def __init__(self, app: Flask) -> None:
        self.http: FlaskClient = app.test_client()
        self.cursor = "0.0"
        self.html = ""
        self.opens()

    def opens(self, address: str = "/") -> TestResponse:
        response = self.http.get(address)
        self.html = response.text
        return response

    @property
    def token(self) -> str:
        found = re.search(r'data-token="([^"]+)"', self.html)
        assert found
        return found[1]

    def posts(self, body: Any, **headers: str) -> TestResponse:
        headers = {"X-CSRFToken": self.token, "Content-Type": "application/json"} | headers
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.http.post("/messages", data=data, headers=headers)

    def sends(self, text: str, message_id: str | None = None) -> TestResponse:
        message_id = message_id or str(uuid.uuid4())
        return self.posts({"id": message_id, "text": text, "after": self.cursor})

    def submits(self, **fields: str) -> TestResponse:
        form = {"csrf_token": self.token, "id": str(uuid.uuid4())} | fields
        return self.http.post("/messages", data=form)

    def asks(self, cursor: str | None = None) -> dict[str, Any]:
        response = self.http.get("/messages", query_string={"after": cursor or self.cursor})
        assert response.status_code == 200
        news: dict[str, Any] = response.get_json()
        self.cursor = news["cursor"]
        return news


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def texts(news: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in news["messages"]]
