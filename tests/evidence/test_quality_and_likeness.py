"""What is measured of a picture: its quality, and whether it is one that was seen before."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from redress.evidence import alike
from redress.evidence.likeness import SAME_WITHIN, distance
from tests.evidence import samples
from tests.evidence.conftest import Take

SCENE = samples.scene(3, (2000, 1500))
NOTE = Image.new("RGB", (1200, 900), "white")
ImageDraw.Draw(NOTE).text((300, 400), "2.35 kg", font_size=40, fill="black")


@pytest.mark.parametrize(
    ("image", "quality"),
    [
        (SCENE, ()),
        (SCENE.resize((800, 600)), ()),
        (SCENE.resize((799, 599)), ("too_small",)),
        (SCENE.resize((600, 4000)), ()),
        (ImageEnhance.Brightness(SCENE).enhance(0.5), ()),
        (ImageEnhance.Brightness(SCENE).enhance(0.15), ("too_dark",)),
        (SCENE.filter(ImageFilter.GaussianBlur(2)), ()),
        (SCENE.filter(ImageFilter.GaussianBlur(8)), ("too_blurred",)),
        (SCENE.resize((400, 300)).filter(ImageFilter.GaussianBlur(4)), ("too_small", "too_blurred")),
        (NOTE, ()),
        (Image.new("RGB", (800, 600), "blue"), ()),  # saturated is not dark, and flat is not blurred
        (Image.new("RGB", (800, 600), "black"), ("too_dark",)),
        (Image.effect_noise((800, 600), 60), ()),
        (Image.new("RGB", (3, 3), "white"), ("too_small",)),
    ],
)
def test_quality(take: Take, image: Image.Image, quality: tuple[str, ...]) -> None:
    assert take(samples.encoded(image, quality=88)).quality == quality


CHANGES = {
    "recompressed": lambda image: image,
    "half as large": lambda image: image.resize((image.width // 2, image.height // 2)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.2),
    "paler": lambda image: ImageEnhance.Contrast(image).enhance(0.7),
    "softer": lambda image: image.filter(ImageFilter.GaussianBlur(3)),
    "without a rim": lambda image: image.crop((15, 11, image.width - 15, image.height - 11)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_same_picture_is_known_again(take: Take, change: object) -> None:
    assert callable(change)
    for seed in range(4):
        scene = samples.scene(seed)
        changed = take(samples.encoded(change(scene), quality=50))
        assert alike(take(samples.encoded(scene)).phash, changed.phash)


def test_different_pictures_are_not_taken_for_one(take: Take) -> None:
    prints = [take(samples.encoded(samples.scene(seed, (700, 600)))).phash for seed in range(40)]
    assert not [pair for pair in itertools.combinations(prints, 2) if alike(*pair)]


def test_blank_pictures_are_like_nothing(take: Take) -> None:
    white = take(samples.encoded(Image.new("RGB", (700, 700), "white"))).phash
    assert white is None
    assert not alike(white, white)


PRINTS = st.integers(0, 2**128 - 1).map("{:032x}".format)


@given(PRINTS, PRINTS, PRINTS)
def test_distance_is_one(one: str, two: str, three: str) -> None:
    assert distance(one, one) == 0
    assert distance(one, two) == distance(two, one) <= 128
    assert distance(one, three) <= distance(one, two) + distance(two, three)
    assert alike(one, two) == (distance(one, two) <= SAME_WITHIN)
