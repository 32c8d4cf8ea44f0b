"""QR codes as pictures that a phone can read."""

from functools import lru_cache
from io import BytesIO

from yizhan.extras import needs

SCALE = 8  # pixels of a module


@lru_cache(maxsize=256)
def picture(text: str) -> bytes:
    """A PNG of the code that says this."""
    with needs("server"):
        import segno

    out = BytesIO()
    segno.make(text, micro=False).save(out, kind="png", scale=SCALE)
    return out.getvalue()
