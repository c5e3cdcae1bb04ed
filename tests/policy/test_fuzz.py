"""Whatever is wrong with a claim or a pack, it is an error of ours, never a crash."""

import copy
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from redress.policy import ClaimError, Packs, assess, needs, parse_claim
from redress.policy.load import examine
from tests.policy.places import POLICIES, ROOT
from tests.policy.random_claims import random_claim

PACKS = Packs(POLICIES)
JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    float("nan"),
    Decimal("NaN"),
    "",
    "NaN",
    "2026-03-04",
    "\ud800",
    [],
    [[]],
]
JUNK += [{}, {"": None}, {"a": {}}, "1e5", "-0", "9" * 5000, "9999-12-31T23:59:59-23:59", ["photo_item"] * 3, b"bytes"]


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a claim."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def test_no_junk_in_a_claim_is_more_than_an_error() -> None:
    random = Random("junk")
    told = []
    for _ in range(4000):
        claim = random_claim(random)
        for _ in range(random.randint(1, 2)):
            *way, key = random.choice(places(claim)[1:])
            target = claim
            for step in way:
                target = target[step]
            target[key] = copy.deepcopy(random.choice(JUNK))
        try:
            parsed = parse_claim(claim, PACKS)
        except ClaimError as error:
            told.append(error)
        else:
            assess(parsed, PACKS[parsed.shop])
            needs(parsed, PACKS[parsed.shop])
    assert len(told) > 2000
    assert all(error.field and error.message for error in told)


def test_no_slip_in_a_pack_is_more_than_an_error(tmp_path: Path) -> None:
    random = Random("slips")
    lines = (ROOT / "tests/policy/lantern/lantern.yml").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "lantern.yml"
    refused = 0
    for _ in range(400):
        edited = list(lines)
        place = random.randrange(len(edited))
        words = edited[place].split(" ")
        slip = random.choice(("delete", "double", "indent", "swap", "word"))
        if slip == "delete":
            del edited[place]
        elif slip == "double":
            edited.insert(place, edited[place])
        elif slip == "indent":
            edited[place] = "  " + edited[place]
        elif slip == "swap":
            edited[place], edited[place - 1] = edited[place - 1], edited[place]
        else:
            words[random.randrange(len(words))] = random.choice(
                ("x", "[", "{", "&a", "*a", "- ", "~", "yes", "1e9", "'", ":")
            )
            edited[place] = " ".join(words)
        path.write_text("\n".join(edited), encoding="utf-8")
        errors = examine(path).errors
        refused += bool(errors)
        assert all(str(path) in error.message for error in errors)
    assert refused > 200
