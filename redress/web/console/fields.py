"""What pages and forms take in: the kinds of values that more than one of them has."""

from typing import Annotated

from fastapi import Path, Query

MOST_ID = 2**63 - 1  # what every database can compare with
type Before = Annotated[int, Query(ge=0, le=MOST_ID)]  # the id before which a page begins; 0: the first page
type RowId = Annotated[int, Path(ge=0, le=MOST_ID)]
