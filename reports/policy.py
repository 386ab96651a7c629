"""What a page of the site may load: its own style, its own scripts, its own pictures, and nothing of anyone else.

No script stands in a page, no handler, no style: what a watched page says could never become one, even where it were
written unescaped.
"""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
# Sent by our own server as well; a page that is read from a file has no headers.
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
