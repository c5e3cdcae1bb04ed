"""Which problems a message tells of, and what becomes of a second one: noted, and handled after the first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from redress.claims.conversation import Heard
from redress.claims.draft import Draft
from redress.claims.lexicon import Lexicon
from redress.claims.naming import ISSUE_OF_INTENT, SURE, issue_of

EQUALLY_LIKELY = 0.85  # the share of the first problem's probability from which the second one is as likely


def candidates(heard: Heard) -> tuple[str, ...]:
    """The different issues between which the understanding of a message could not decide."""
    return tuple(dict.fromkeys(ISSUE_OF_INTENT[intent] for intent in heard.close if intent in ISSUE_OF_INTENT))


def torn(heard: Heard, lexicon: Lexicon) -> tuple[str, ...]:
    """The two problems between which a message leaves open which one it tells of; empty where one can be taken.

    Words that name only one of the two decide between them, and so does a clear lead of the first.
    """
    both = candidates(heard)
    if heard.choice is not None or len(both) < 2 or named(heard, both, lexicon):
        return ()
    probabilities = [p for _, p in heard.ranking[:2]]
    return both if len(probabilities) == 2 and probabilities[1] >= EQUALLY_LIKELY * probabilities[0] else ()


def settled(heard: Heard, lexicon: Lexicon) -> Heard:
    """The message with the problem that its own words name, where the one that was understood has none of its words.

    Only problems that the understanding holds for possible count, and only one of them may be named.
    """
    understood = issue_of(heard)
    if heard.choice is not None or understood is None:
        return heard
    ranked = [ISSUE_OF_INTENT[intent] for intent, _ in heard.ranking if intent in ISSUE_OF_INTENT]
    possible = tuple(dict.fromkeys((understood, *ranked)))
    one = named(heard, possible, lexicon)
    return replace(heard, intent=one) if one and one != understood else heard


def named(heard: Heard, issues: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """The only one of these problems that the message names by a word of its own."""
    found = [issue for issue in issues if issue in lexicon.problems and lexicon.problems[issue].within(heard.text)]
    return found[0] if len(found) == 1 else None


def queue_second(draft: Draft, heard: Heard, lexicon: Lexicon) -> Draft:
    """The draft with the further problem of a message that names its first one."""
    second = ISSUE_OF_INTENT.get(heard.second_issue or "")
    if second is None or heard.choice is not None or not named(heard, (second,), lexicon):
        return draft  # one that no word of the message names is more likely the first one, told twice
    return _queued(draft, second, heard, lexicon)


def queue_named(draft: Draft, heard: Heard, lexicon: Lexicon) -> Draft | None:
    """The draft with a problem that is named while another is being asked about; None where the message names none."""
    issue, also = issue_of(heard), lexicon.also.within(heard.text)
    if issue is None and also:  # told as a further problem: one that its own words name will do
        issue = named(heard, tuple(lexicon.problems), lexicon)
    elif heard.confidence < (SURE / 2 if also else SURE):
        return None
    if draft.issue is None or issue in (None, draft.issue, "other") or heard.choice is not None:
        return None
    return _queued(draft, issue, heard, lexicon)


def take_up(draft: Draft, fresh: Draft) -> tuple[Draft, Mapping[str, Any]] | None:
    """`fresh` with the next problem in the queue of a draft that is done with, and that problem; None without one.

    The order stays, unless the buyer spoke of another one. Everything else is asked anew.
    """
    if not draft.queue:
        return None
    problem, *rest = draft.queue
    taken = replace(
        fresh,
        issue=problem["issue"],
        reported_at=problem["reported_at"],
        told=(problem["text"],),
        queue=tuple(rest),
        email=draft.email,
    )
    if not problem["other_order"]:
        taken = replace(taken, order_number=draft.order_number, order=draft.order, tracking=draft.tracking)
    return taken, problem


def _queued(draft: Draft, issue: str | None, heard: Heard, lexicon: Lexicon) -> Draft:
    known = {draft.issue, *(problem["issue"] for problem in draft.queue)}
    if issue is None or issue in known:
        return draft
    other = lexicon.other_order.within(heard.text)
    problem = {"issue": issue, "reported_at": heard.at.isoformat(), "text": heard.text, "other_order": other}
    return replace(draft, queue=(*draft.queue, problem))
