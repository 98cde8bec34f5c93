"""Security headers on every answer: only our own files, nothing inline, no frames."""

from flask import Flask, Response, request

from bot.web_pages.parts import parts

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HTTPS_ONLY = "max-age=31536000"


def init_app(app: Flask) -> None:
    app.after_request(_put)


def _put(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if parts().settings.secure_cookies:
        response.headers["Strict-Transport-Security"] = HTTPS_ONLY
    if request.endpoint not in ("look", "static"):
        # Conversations stay out of every cache, that of a shared phone included.
        response.headers["Cache-Control"] = "no-store"
    return response
