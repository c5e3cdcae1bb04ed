"""What becomes of a photo: facts about what was sent, and a clean copy of it."""

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

from redress.evidence import Storage
from tests.evidence import samples
from tests.evidence.conftest import Take

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}


def stored(storage: Storage, key: str) -> bytes:
    with storage.open(key) as file:
        return file.read()


def opened(storage: Storage, key: str) -> Image.Image:
    image = Image.open(io.BytesIO(stored(storage, key)))
    image.load()
    return image


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures in grey levels."""
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB").resize(one.size))
    return sum(ImageStat.Stat(difference).mean) / 3


@pytest.mark.parametrize(("media_type", "form"), FORMATS.items())
def test_each_kind_of_photo_is_recognised_by_content_and_kept_as_a_jpeg(
    take: Take, storage: Storage, media_type: str, form: str
) -> None:
    scene = samples.scene()
    content = samples.encoded(scene, form, quality=90)
    accepted = take(content)
    assert (accepted.sha256, accepted.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (accepted.media_type, accepted.width, accepted.height) == (media_type, 1200, 900)
    assert (accepted.pages, accepted.animated, accepted.captured_at, accepted.quality) == (1, False, None, ())
    view, thumbnail = opened(storage, accepted.view), opened(storage, accepted.thumbnail)
    assert (view.format, view.size, thumbnail.format, thumbnail.size) == ("JPEG", (1200, 900), "JPEG", (320, 240))
    assert unlike(scene, view) < 6
    assert unlike(scene.resize((320, 240)), thumbnail) < 12


@pytest.mark.parametrize(("media_type", "form"), FORMATS.items())
def test_place_camera_and_notes_are_gone_and_the_time_is_a_fact(
    take: Take, storage: Storage, media_type: str, form: str
) -> None:
    notes = {"comment": b"<script>alert(1)</script>"} if form == "JPEG" else {}
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Shanghai</x:xmpmeta>"
    content = samples.encoded(samples.scene(), form, exif=samples.exif(offset="+08:00"), xmp=xmp, **notes)
    assert b"Snoopphone" in content  # else this would prove nothing
    accepted = take(content)
    assert accepted.captured_at == "2026-03-03T14:02:11+08:00"
    for key in (accepted.view, accepted.thumbnail):
        kept = stored(storage, key)
        assert not any(word in kept for word in (b"Exif", b"Snoopphone", b"Shanghai", b"<script>", b"http"))
        assert not opened(storage, key).getexif()


@pytest.mark.parametrize(
    ("taken", "offset", "captured_at"),
    [
        ("2026:03:03 14:02:11", None, "2026-03-03T14:02:11"),
        ("2026:03:03 14:02:11", "-05:30", "2026-03-03T14:02:11-05:30"),
        ("2026:03:03 14:02:11", "CST", "2026-03-03T14:02:11"),
        ("0000:00:00 00:00:00", None, None),
        ("2026:13:41 14:02:11", None, None),
        ("yesterday", None, None),
    ],
)
def test_capture_time(take: Take, taken: str, offset: str | None, captured_at: str | None) -> None:
    tags = {"taken": taken} | ({"offset": offset} if offset else {})
    assert take(samples.encoded(samples.scene(), exif=samples.exif(**tags))).captured_at == captured_at


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_copy_stands_upright(take: Take, storage: Storage, orientation: int) -> None:
    content = samples.encoded(samples.scene(size=(800, 600)), quality=95, exif=samples.exif(orientation=orientation))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    accepted = take(content)
    assert (accepted.width, accepted.height) == upright.size
    assert unlike(upright, opened(storage, accepted.view)) < 4


@pytest.mark.parametrize(
    ("size", "view"),
    [
        ((4032, 3024), (2016, 1512)),  # a phone's 12 megapixels
        ((3024, 4032), (1512, 2016)),
        ((2900, 2500), (2320, 2000)),
        ((1080, 9000), (1080, 9000)),  # a long screenshot stays readable
        ((1, 1), (1, 1)),
        ((20000, 3), (20000, 3)),
    ],
)
def test_the_copy_is_as_large_as_a_reader_needs(
    take: Take, storage: Storage, size: tuple[int, int], view: tuple[int, int]
) -> None:
    accepted = take(samples.encoded(Image.new("RGB", size, "teal"), quality=50))
    assert (accepted.width, accepted.height) == size
    assert opened(storage, accepted.view).size == view
    assert max(opened(storage, accepted.thumbnail).size) <= 320


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixel_becomes_plain_colour(take: Take, storage: Storage, mode: str) -> None:
    scene = samples.scene(size=(700, 600))
    image = {
        "P": lambda: scene.quantize(200),
        "I;16": lambda: scene.convert("I").point(lambda value: value * 256).convert("I;16"),
    }.get(mode, lambda: scene.convert(mode))()
    content = samples.encoded(image, "PNG")
    expected = scene.convert("L") if mode == "I;16" else image
    assert unlike(expected, opened(storage, take(content).view)) < 6


def test_what_is_transparent_becomes_white(take: Take, storage: Storage) -> None:
    view = opened(storage, take(samples.encoded(Image.new("RGBA", (700, 700), (0, 0, 0, 0)), "WEBP")).view)
    assert view.getpixel((350, 350)) == (255, 255, 255)


def test_a_print_shops_cmyk_is_taken(take: Take, storage: Storage) -> None:
    scene = samples.scene()
    assert unlike(scene, opened(storage, take(samples.encoded(scene.convert("CMYK"), quality=95)).view)) < 8


def test_colours_are_converted_not_dropped_with_their_profile(take: Take, storage: Storage) -> None:
    """A claim may be about the colour: the same numbers in another colour space are another colour."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    content = samples.encoded(Image.new("RGB", (700, 700), (220, 30, 30)), quality=95, icc_profile=exchanged)
    view = opened(storage, take(content).view)
    assert unlike(Image.new("RGB", (700, 700), (30, 30, 220)), view) < 8
    assert "icc_profile" not in view.info


def test_a_phones_pair_of_pictures_is_one_photo(take: Take) -> None:
    pair = samples.encoded(samples.scene(1), "MPO", save_all=True, append_images=[samples.scene(2, (400, 300))])
    accepted = take(pair)
    assert (accepted.media_type, accepted.width, accepted.animated) == ("image/jpeg", 1200, False)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_kept(take: Take, storage: Storage, form: str) -> None:
    frames = [samples.scene(seed, (700, 600)) for seed in range(3)]
    accepted = take(samples.encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=100))
    assert accepted.animated
    assert unlike(frames[0], opened(storage, accepted.view)) < 8


def test_sending_it_twice_stores_it_once_and_keeps_no_original(take: Take, folder: Path) -> None:
    content = samples.encoded(samples.scene(5))
    assert take(content) == take(content)
    assert list(folder.iterdir()) == []


def test_damaged_metadata_does_not_cost_the_photo(take: Take) -> None:
    good = samples.encoded(samples.scene(), exif=samples.exif())

    @settings(max_examples=25, deadline=None)
    @given(st.binary(min_size=1, max_size=60), st.integers(0, 150))
    def garble(garbage: bytes, at: int) -> None:
        start = good.index(b"Exif\0\0") + 6 + at
        accepted = take(good[:start] + garbage + good[start + len(garbage) :])
        assert (accepted.width, accepted.height) in {(1200, 900), (900, 1200)}

    garble()
