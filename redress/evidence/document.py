"""Turning a PDF into what is kept of it: a new PDF of page images, a thumbnail of its first page, and facts.

Nothing of the sender's file survives but what its pages look like: no script, form, link, attachment or metadata.
Runs in the decoding process, as `picture` does.
"""

from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw as pdfium

from redress.evidence.errors import Broken, Encrypted, EvidenceError, TooManyPages
from redress.evidence.limits import MAX_PAGES
from redress.evidence.picture import save_thumbnail

_POINTS_PER_INCH = 72
_DOTS_PER_INCH = 150
_PAGE_PIXELS = 4_000_000
"""The most pixels of one page: A4 at 150 dots an inch has 2.2 million; larger pages are drawn coarser."""

_PDF: dict[str, Any] = {"format": "PDF", "resolution": _DOTS_PER_INCH, "quality": 80}
_PDF |= {"title": None, "creationDate": None, "modDate": None}  # the same pages give the same bytes


def decode(source: Path, _media_type: str, folder: Path) -> dict[str, Any]:
    """Writes `view.pdf` and `thumbnail.jpg` into `folder` and returns the fields of `Decoded`.

    Raises Encrypted, TooManyPages, and Broken for what PDFium cannot open or draw.
    """
    try:
        return _decode(source, folder)
    except EvidenceError:
        raise
    except pypdfium2.PdfiumError as error:
        raise (Encrypted if error.err_code == pdfium.FPDF_ERR_PASSWORD else Broken) from error
    except Exception as error:  # a damaged page may show itself anywhere
        raise Broken from error


def _decode(source: Path, folder: Path) -> dict[str, Any]:
    with pypdfium2.PdfDocument(source) as document:
        count = len(document)
        if count == 0:
            raise Broken
        if count > MAX_PAGES:
            raise TooManyPages(limit=MAX_PAGES)
        for number in range(count):
            page = document[number]
            picture = _draw(page)
            page.close()
            if number == 0:
                save_thumbnail(picture, folder)
                width, height = picture.size
            picture.save(folder / "view.pdf", append=number > 0, **_PDF)
    # pages of one form look alike without being the same, so a document has no fingerprint
    return {
        "width": width,
        "height": height,
        "pages": count,
        "animated": False,
        "captured_at": None,
        "phash": None,
        "quality": (),
    }


def _draw(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, (_PAGE_PIXELS / (width * height)) ** 0.5)
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn.convert("RGB")
