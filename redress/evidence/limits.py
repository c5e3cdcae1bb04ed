"""What a file may be. One place for every number that an upload is held against."""

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_PAGES = 20
SMALLEST_SIDE = 600
"""Pixels of the shorter side below which a picture is marked `too_small`."""

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/pdf": ".pdf",
}
"""Every media type that is taken; what an upload's `accept` says."""
