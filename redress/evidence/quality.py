"""What a reviewer would complain about in a picture, measured. It gets marks, it is not refused."""

from PIL import Image, ImageChops, ImageFilter, ImageStat

from redress.evidence.limits import SMALLEST_SIDE

_DARK = 55
"""Of 255: nine tenths of the pixels of a picture `too_dark` are no brighter than this."""
_BLURRED = 0.65
"""The share of its fine detail that a picture `too_blurred` keeps when it is blurred once more. Sharp photos
keep 0.09 to 0.21. A blur of 2 pixels (standard deviation) at 600 pixels of height, which makes small print unreadable,
leaves 0.65 to 0.75."""
_FLAT = 5.0
"""Standard deviation of grey levels below which a picture has no detail that could be sharp."""

_EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)  # Laplace operator


def marks(image: Image.Image, original_size: tuple[int, int]) -> tuple[str, ...]:
    """The marks that an RGB picture deserves, of `too_small`, `too_dark`, `too_blurred`.

    `image` may be a reduced copy; `original_size` is what the buyer sent, in pixels.
    """
    scale = min(1.0, SMALLEST_SIDE / min(image.size))
    sample = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    found = {
        "too_small": min(original_size) < SMALLEST_SIDE,
        "too_dark": _is_dark(sample),
        "too_blurred": _is_blurred(sample.convert("L")),
    }
    return tuple(mark for mark, true in found.items() if true)


def _is_dark(sample: Image.Image) -> bool:
    red, green, blue = sample.split()
    # the strongest channel, not the luminance: a blue bag in daylight is not dark
    brightness = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
    return sum(brightness[: _DARK + 1]) >= 0.9 * sum(brightness)


def _is_blurred(grey: Image.Image) -> bool:
    if min(grey.size) < 8 or ImageStat.Stat(grey).stddev[0] < _FLAT:
        return False
    detail = _detail(grey)
    return detail == 0 or _detail(grey.filter(ImageFilter.GaussianBlur(1))) / detail > _BLURRED


def _detail(grey: Image.Image) -> float:
    inner = grey.filter(_EDGES).crop((2, 2, grey.width - 2, grey.height - 2))  # the filter leaves the rim as it was
    return ImageStat.Stat(inner).var[0]
