"""What no page can use is turned away before any page: NUL signs, numbers beyond any row."""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

# Ids are 32-bit on PostgreSQL; a larger one would be an error there, not an absence.
LARGEST_ID = 2**31 - 1


class RowId(IntegerConverter):
    """``<row:report_id>``: an id that a table can have; any other number is not found."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, max=LARGEST_ID)


def init_app(app: Flask) -> None:
    """Must come before the pages: their addresses use the converter."""
    app.url_map.converters["row"] = RowId
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """PostgreSQL keeps no NUL in text, and no keyboard types one."""
    typed = [*request.args.values(), *request.form.values(), request.path]
    if any("\x00" in text for text in typed):
        abort(400)
