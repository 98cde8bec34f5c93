"""Security headers on every answer: scripts and styles are our own files, no frames."""

from flask import Flask, Response

from admin.parts import parts

# Bootstrap draws the arrow of a choice and the tick of a box as data pictures.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def init_app(app: Flask) -> None:
    app.after_request(_put)


def _put(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if parts().settings.secure_cookies:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if response.mimetype == "text/html":
        # Personal data stays out of shared caches and out of the way back after signing out.
        response.headers["Cache-Control"] = "no-store"
    return response
