"""What becomes of a PDF."""

import io

import pypdfium2

from redress.evidence import Storage
from tests.evidence import samples
from tests.evidence.conftest import Take
from tests.evidence.test_pictures import opened, stored, unlike


def test_its_pages_are_kept_as_pictures(take: Take, storage: Storage) -> None:
    accepted = take(samples.pdf(3))
    assert (accepted.media_type, accepted.pages, accepted.quality, accepted.phash) == ("application/pdf", 3, (), None)
    assert (accepted.width, accepted.height) == (1240, 1755)  # A4 at 150 dots an inch
    assert accepted.view.endswith(".pdf")
    with pypdfium2.PdfDocument(io.BytesIO(stored(storage, accepted.view))) as kept:
        assert len(kept) == 3
        for number, page in enumerate(kept):
            drawn = page.render(scale=1).to_pil()
            assert (
                unlike(samples.scene(number, (300, 200)), drawn.crop((0, drawn.height - 200, 300, drawn.height))) < 12
            )
            page.close()


def test_its_first_page_is_the_thumbnail(take: Take, storage: Storage) -> None:
    thumbnail = opened(storage, take(samples.pdf(2)).thumbnail)
    assert thumbnail.size == (226, 320)
    assert unlike(samples.scene(0, (300, 200)), thumbnail.crop((0, 244, 114, 320)).resize((300, 200))) < 25


def test_scripts_links_and_names_are_gone(take: Take, storage: Storage) -> None:
    accepted = take(samples.SCRIPTED_PDF)
    content = stored(storage, accepted.view)
    assert not any(word in content for word in (b"JavaScript", b"OpenAction", b"evil.example", b"Petrov", b"/Annot"))


def test_a_page_as_large_as_a_wall_is_drawn_coarser(take: Take) -> None:
    accepted = take(samples.pdf(size=(14_400, 14_400)))
    assert accepted.width * accepted.height <= 4_010_000


def test_the_same_document_is_stored_once(take: Take) -> None:
    content = samples.pdf(2)
    assert take(content) == take(content)
