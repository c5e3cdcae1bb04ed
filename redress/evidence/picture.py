"""Decoding a photo into what is kept of it: a clean copy for viewing, a thumbnail, and facts.

Runs on hostile input, so it belongs into the decoding process (`worker`), never into the service.
"""

import io
import re
import warnings
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageCms

from redress.evidence.errors import Broken, TooManyPixels
from redress.evidence.likeness import fingerprint
from redress.evidence.limits import MAX_PIXELS
from redress.evidence.quality import marks

VIEW_SIDE = 1500, 2000
"""The shorter side of the copy: not reduced below the first, reduced to the second; the longer one follows, so that
the small print on a long screenshot stays readable. Twelve megapixels become three."""
THUMBNAIL = 320, 320
LEAST_SIDE = 640
"""The shorter side of what is measured and made into a thumbnail is no less, hence never below `SMALLEST_SIDE`."""
_JPEG: dict[str, Any] = {"format": "JPEG", "quality": 88}

_PLUGINS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
_ANIMATED = {"image/png", "image/webp"}

# EXIF 2.32 tags, and what `orientation` asks for
_ORIENTATION, _EXIF_IFD, _TAKEN, _TAKEN_OFFSET = 0x0112, 0x8769, 0x9003, 0x9011
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {_TURNS[number] for number in (5, 6, 7, 8)}

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow warns above it and refuses above its double, before it allocates


def decode(source: Path, media_type: str, folder: Path) -> dict[str, Any]:
    """Writes `view.jpg` and `thumbnail.jpg` into `folder` and returns the fields of `Decoded`.

    Raises TooManyPixels by the header alone, and Broken for anything that does not decode to its last pixel.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # damaged metadata is no fault of the picture
        try:
            return _decode(source, media_type, folder)
        except (Image.DecompressionBombError, MemoryError) as error:
            raise TooManyPixels(limit_megapixels=MAX_PIXELS // 1_000_000) from error
        except Exception as error:  # decoders raise whatever they like on damaged input
            raise Broken from error


def _decode(source: Path, media_type: str, folder: Path) -> dict[str, Any]:
    with Image.open(source, formats=[_PLUGINS[media_type]]) as image:
        size = image.size
        turn, captured_at = _exif(image)
        animated = media_type in _ANIMATED and bool(getattr(image, "is_animated", False))
        view = _clean(_load(image), image.info.get("icc_profile"))
    if turn is not None:
        view = view.transpose(turn)
        size = size[::-1] if turn in _SIDEWAYS else size
    view.save(folder / "view.jpg", **_JPEG)
    small = view.reduce(max(1, min(view.size) // LEAST_SIDE))  # averaging whole pixels is the cheapest way down
    save_thumbnail(small, folder)
    return {
        "width": size[0],
        "height": size[1],
        "pages": 1,
        "animated": animated,
        "captured_at": captured_at,
        "phash": fingerprint(small),
        "quality": marks(small, size),
    }


def save_thumbnail(picture: Image.Image, folder: Path) -> None:
    """Writes `thumbnail.jpg`, at most 320 by 320 pixels; `picture` stays as it is."""
    thumbnail = picture.copy()
    thumbnail.thumbnail(THUMBNAIL, reducing_gap=2.0)
    thumbnail.save(folder / "thumbnail.jpg", **_JPEG | {"quality": 80})


def _load(image: Image.Image) -> Image.Image:
    """The pixels, already reduced: a JPEG's while it is decoded, which spares most of the time and the memory."""
    least, most = VIEW_SIDE
    shorter = min(image.size)
    if shorter > least:
        image.draft(None, (image.width * least // shorter, image.height * least // shorter))
    image.load()
    if image.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):
        return _reduced(_widened(image), most)
    return _reduced(image, most)


def _widened(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey: 65535 is white
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("RGBA")


def _reduced(image: Image.Image, most: int) -> Image.Image:
    shorter = min(image.size)
    if shorter <= most:
        return image
    size = (image.width * most // shorter, image.height * most // shorter)
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _clean(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """The bare pixels in sRGB on white, in a new image: what is not copied cannot leak."""
    if icc_profile and image.mode in ("RGB", "CMYK"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            profile = ImageCms.ImageCmsProfile(io.BytesIO(icc_profile))
            converted = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
            image = converted or image
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image if image.mode in ("RGBA", "LA") else None)
    return clean


def _exif(image: Image.Image) -> tuple[Image.Transpose | None, str | None]:
    """How to turn the picture upright, and when the camera says it was taken. Damaged EXIF says nothing."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(_EXIF_IFD)
        return _TURNS.get(exif.get(_ORIENTATION, 1)), _captured_at(details.get(_TAKEN), details.get(_TAKEN_OFFSET))
    except Exception:  # its parser raises whatever it likes, too
        return None, None


def _captured_at(taken: object, offset: object) -> str | None:
    """EXIF's `2026:03:03 14:02:11` and `+08:00` in ISO 8601; without the offset where the camera wrote none."""
    match = re.fullmatch(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", str(taken).strip("\0 "))
    zone = re.fullmatch(r"[+-]\d\d:\d\d", str(offset).strip("\0 "))
    with suppress(ValueError):  # cameras without a clock write 0000:00:00
        if match:
            return datetime.fromisoformat(
                f"{'-'.join(match.groups()[:3])}T{match[4]}{zone[0] if zone else ''}"
            ).isoformat()
    return None
