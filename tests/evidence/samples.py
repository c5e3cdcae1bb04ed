"""Files such as buyers send, and such as attackers do, made on the spot."""

import io
import random
import zlib
from typing import Any

import pillow_heif
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

pillow_heif.register_heif_opener()


def scene(seed: int = 1, size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """A picture with edges and small print, another one for each seed."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, colour(chance))
    draw = ImageDraw.Draw(image)
    width, height = size
    for _ in range(40):
        x, y = chance.randrange(width), chance.randrange(height)
        corner = (x + chance.randrange(width // 100, width // 3), y + chance.randrange(height // 100, height // 3))
        draw.rectangle(((x, y), corner), fill=colour(chance))
    for _ in range(30):
        at = chance.randrange(width), chance.randrange(height)
        draw.text(
            at,
            "Delivery slip 20260303",
            font_size=chance.randrange(1 + height // 70, 2 + height // 20),
            fill=colour(chance),
        )
    return image


def colour(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(60, 256), chance.randrange(60, 256), chance.randrange(60, 256)


def encoded(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def photo(megabytes: float, seed: int = 1) -> bytes:
    """A 12 megapixel JPEG of about this size, such as a phone takes."""
    noise = Image.effect_noise((4032, 3024), 50).filter(ImageFilter.GaussianBlur(1))
    image = Image.blend(scene(seed, (4032, 3024)), noise.convert("RGB"), 0.35)
    return min((encoded(image, quality=quality) for quality in range(70, 96, 5)), key=lambda data: off(data, megabytes))


def off(data: bytes, megabytes: float) -> float:
    return abs(len(data) - megabytes * 1e6)


def exif(**tags: Any) -> Image.Exif:
    """EXIF with GPS, the camera's owner, and what `tags` say: orientation, taken, offset."""
    data = Image.Exif()
    data[0x010F] = "Snoopphone"
    data[0x0112] = tags.get("orientation", 1)
    data.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 15.5), 3: "E", 4: (121.0, 28.0, 12.5)})
    details = data.get_ifd(0x8769)
    details[0x9003] = tags.get("taken", "2026:03:03 14:02:11")
    if "offset" in tags:
        details[0x9011] = tags["offset"]
    return data


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG of one bit of grey whose header says one thing and whose data is whatever is given."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes((1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def pdf(pages: int = 1, size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF with a coloured picture on each page."""
    file = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for number in range(pages):
            page = document.new_page(*size)
            image = pypdfium2.PdfImage.new(document)
            image.load_jpeg(io.BytesIO(encoded(scene(number, (300, 200)))), inline=True)
            image.set_matrix(pypdfium2.PdfMatrix().scale(300, 200))
            page.insert_obj(image)
            page.gen_content()
            page.close()
        document.save(file)
    return file.getvalue()


def written_pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of the given objects, numbered from 1; the first is the catalogue."""
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\n" % (size, table, size, trailer)
    return data + head + b"startxref\n%d\n%%%%EOF\n" % len(data)


ENCRYPTION = (
    b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">>>/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
)
"""Of a password that nobody knows."""
PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>"
ENCRYPTED_PDF = written_pdf(b"<</Type/Catalog/Pages 2 0 R>>", PAGES, PAGE, trailer=ENCRYPTION)
SCRIPTED_PDF = written_pdf(
    b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('stolen'\\))>>>>",
    PAGES,
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[4 0 R]>>",
    b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(https://evil.example)>>>>",
    b"<</Author(Ivan Petrov)>>",
    trailer=b"/Info 5 0 R",
)
