"""The admin application on a test database, and people who use it through a browser of sorts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from tests.builders import PASSWORD

# 09:00 on 16 November 2026 in Việt Nam: November's month is over, due tomorrow.
NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_SEEN = re.compile(r'name="seen" value="([^"]+)"')


@dataclass
class Visitor:
    """Somebody at a browser; posts carry the token of the page they were on."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str) -> TestResponse:
        return self._look(self.client.get(path))

    def post(self, path: str, **data: Any) -> TestResponse:
        return self._look(self.client.post(path, data={"csrf_token": self.token} | data))

    def sign_in(self, login: str, password: str = PASSWORD, address: str = "") -> TestResponse:
        self.get("/dang-nhap")
        return self.post(f"/dang-nhap{address}", login=login, password=password)

    def seen(self, report_id: int) -> str:
        """The stamp that the page of a report carries: what was seen."""
        found = _SEEN.search(self.get(f"/phieu/{report_id}").text)
        assert found is not None
        return found[1]

    def act(self, report_id: int, what: str, **data: Any) -> TestResponse:
        return self.post(f"/phieu/{report_id}/{what}", seen=self.seen(report_id), **data)

    def _look(self, response: TestResponse) -> TestResponse:
        found = _TOKEN.search(response.text) if response.mimetype == "text/html" else None
        self.token = found[1] if found else self.token
        return response


@dataclass
class Site:
    app: Flask
    sessions: sessionmaker[Session]
    clock: Callable[[], datetime]
    ids: dict[str, int] = field(default_factory=dict)

    def stranger(self) -> Visitor:
        return Visitor(self.app.test_client())

    def signed_in(self, login: str) -> Visitor:
        visitor = self.stranger()
        assert visitor.sign_in(login).status_code == 303
        visitor.get("/")
        return visitor
