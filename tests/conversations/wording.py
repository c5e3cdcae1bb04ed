"""Words for what a simulated buyer means, from `phrases/`, and the titles of the desk's buttons from `data/`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from redress.demo import EMAIL
from tests.conversations.goals import LINES, Goal
from tools.pythons import ROOT

NUMBERS = ("zero", "one", "two", "three", "four", "five")
ORDINALS = ("", "first", "second", "third")
ITEM_NAMES = {
    "A1": (("canvas bag", "bag", "canvas bga", "Canvas Bag"), ("canvas bags", "bags", "cavnas bags", "Canvas bags")),
    "B2": (("running shoes", "shoes", "runing shoes", "pair of running shoes"),) * 2,
    "C3": (("phone case", "case", "phone caes", "Phone case"), ("phone cases", "cases", "fone cases", "Phone cases")),
}


@cache
def phrases(name: str) -> Any:
    """A file of `phrases/`."""
    return yaml.safe_load((Path(__file__).parent / "phrases" / f"{name}.yml").read_text())


@cache
def responses() -> Mapping[str, list[Mapping[str, Any]]]:
    """The desk's own sentences, variation by variation, for the titles of buttons."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for file in sorted((ROOT / "data" / "responses").glob("*.yml")):
        found |= yaml.safe_load(file.read_text()).get("responses") or {}
    return found


def title(name: str, locale: str = "en") -> str:
    """The sentence `utter_<name>` in that language, English where there is none."""
    texts = {"en": ""}
    for variation in responses().get(f"utter_{name}", []):
        languages = [c["value"] for c in variation.get("condition", []) if c.get("name") == "language"] or ["en"]
        texts |= dict.fromkeys(languages, str(variation["text"]).strip())
    return texts.get(locale) or texts["en"]


@cache
def pack(shop: str) -> Mapping[str, Any]:
    """The shop's policy pack as a manager reads it."""
    found: Mapping[str, Any] = yaml.safe_load((ROOT / "data" / "policies" / f"{shop}.yml").read_text())
    return found


def fact_title(shop: str, name: str, value: Any, locale: str) -> str:
    """The title of the button that answers a fact's question with `value`."""
    if isinstance(value, bool):
        return title("choice_yes" if value else "choice_no", locale)
    choices = pack(shop)["facts"][name].get("choices", [])
    return str(next(choice["title"][locale] for choice in choices if choice["value"] == value))


def filled(text: str, goal: Goal, rng: Random, **more: object) -> str:
    """A phrase with its gaps filled."""
    number = goal.number
    return text.format(
        order=number, order_lower=number.lower(), email=EMAIL, email_upper=EMAIL.upper(),
        items=items_named(goal.affected or {"A1": 1}, rng, units="items" in goal.volunteered), **more,
    )  # fmt: skip


def items_named(affected: Mapping[str, int], rng: Random, *, units: bool) -> str:
    """The goods as somebody names them; `units`: with how many of each, so that nothing is left to ask."""
    parts = []
    for sku, count in affected.items():
        ordered = LINES[sku][1]
        one, many = ITEM_NAMES[sku]
        if not units or ordered == 1:
            parts.append("the " + rng.choice(many if ordered > 1 else one))
        elif count == ordered:
            parts.append(rng.choice((f"all {ordered} {rng.choice(many)}", f"{ordered} {rng.choice(many)}")))
        elif count == 1:
            parts.append(rng.choice((f"one {rng.choice(one)}", f"1 of the {rng.choice(many)}", f"1 {one[0]}")))
        else:
            parts.append(rng.choice((f"{NUMBERS[count]} {rng.choice(many)}", f"{count} of the {rng.choice(many)}")))
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def opening(goal: Goal, rng: Random) -> str:
    """The first message: the problem, and whatever else is volunteered."""
    if goal.opening:
        return goal.opening
    told = phrases("issues")[goal.issue]
    wanted = [one for one in told if ("{items}" in one) == ("items" in goal.volunteered)] or told
    text = filled(rng.choice(wanted), goal, rng)
    if "order" in goal.volunteered:
        text = rng.choice(
            (f"{text} (order {goal.number})", f"{goal.number}: {text}", f"{text}. My order is {goal.number}")
        )
    if "email" in goal.volunteered:
        text = rng.choice((f"{text}. My e-mail is {EMAIL}", f"{text} - {EMAIL}"))
    return text


def volunteers_items(text: str, goal: Goal) -> bool:
    """Whether the opening really names the goods: a problem told without a gap for them does not."""
    return "items" in goal.volunteered and any("{items}" in one for one in phrases("issues")[goal.issue])
