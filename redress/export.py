"""A buyer's data as a zip: `data.json` with all that is kept of them, and their evidence as files."""

import json
import shutil
import zipfile
from pathlib import PurePath
from typing import IO

from redress.evidence import Storage
from redress.evidence.errors import NotStored
from redress.store.privacy import Privacy


def write_export(target: IO[bytes], email: str, privacy: Privacy, storage: Storage) -> int:
    """Write the zip; how many files of evidence are in it."""
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(privacy.export(email), ensure_ascii=False, indent=2))
        for id_, key in privacy.files(privacy.subject(email)):
            try:
                content = storage.open(key)
            except NotStored:
                continue
            with content, archive.open(f"evidence/{id_}{PurePath(key).suffix}", "w") as file:
                shutil.copyfileobj(content, file)
            count += 1
    return count
