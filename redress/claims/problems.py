"""Which problems a message tells of, and what becomes of a second one: noted, and handled after the first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from redress.claims.clauses import part_about
from redress.claims.conversation import Heard
from redress.claims.draft import Draft
from redress.claims.items import find_items, words
from redress.claims.lexicon import Lexicon, parts, plain
from redress.claims.naming import ISSUE_OF_INTENT, SURE, issue_of, order_number, without_numbers

CLEAR = 0.75  # of a further problem that none of its own words tells
REMARK = 4  # words of "only one of them", which tells of no further problem
PLAIN = 0.4  # of a problem, from which its understanding is surer than the words of the others
POSSIBLE = 0.05  # of a second problem that a part of the message names
# Problems that tell one story of a parcel in different words, where they tell of one order.
OF_THE_WAY = frozenset({"non_delivery", "late_delivery", "returned_to_sender"})
EQUALLY_LIKELY = 0.6  # the share of the first problem's probability from which the second one is as likely


def candidates(heard: Heard) -> tuple[str, ...]:
    """The different issues between which the understanding of a message could not decide."""
    return tuple(dict.fromkeys(ISSUE_OF_INTENT[intent] for intent in heard.close if intent in ISSUE_OF_INTENT))


def torn(heard: Heard, lexicon: Lexicon) -> tuple[str, ...]:
    """The two problems between which a message leaves open which one it tells of; empty where one can be taken.

    Words that name only one of the two decide between them, and so does a clear lead of the first.
    """
    both = candidates(heard)
    if heard.choice is not None or len(both) < 2 or "other" in both:
        return ()
    if heard.second_issue or named(heard, both, lexicon):
        return ()
    probabilities = [p for _, p in heard.ranking[:2]]
    return both if len(probabilities) == 2 and probabilities[1] >= EQUALLY_LIKELY * probabilities[0] else ()


def settled(heard: Heard, lexicon: Lexicon) -> Heard:
    """The message with the problem that its own words name, where the one that was understood has none of its words.

    Only problems that the understanding holds for possible count, and only one of them may be named; what was
    understood plainly stands. Where another part of the message names another one, that is its second problem. One
    that only says which order it is names none, whatever it was taken for.
    """
    understood = issue_of(heard)
    if heard.choice is None and _only_identifies(heard.text, lexicon):
        return replace(heard, intent=None, confidence=0.0, ranking=(), close=(), second_issue=None)
    if heard.choice is not None or understood is None:
        return heard
    second = _told_beside(heard, understood, lexicon)
    heard = replace(heard, second_issue=second)
    if second is not None:
        return heard
    if heard.confidence >= PLAIN:
        return heard
    ranked = [ISSUE_OF_INTENT[intent] for intent, _ in heard.ranking if intent in ISSUE_OF_INTENT]
    possible = tuple(dict.fromkeys((understood, *ranked)))
    one = named(heard, possible, lexicon)
    return replace(heard, intent=one) if one and one != understood else heard


def named(heard: Heard, issues: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """The only one of these problems that the message names by a word of its own."""
    found = [issue for issue in issues if lexicon.tells(issue, heard.telling)]
    return found[0] if len(found) == 1 else None


def _only_identifies(text: str, lexicon: Lexicon) -> bool:
    """Whether a text has an order number or e-mail address, and nothing else but words that stand around such."""
    rest = without_numbers(text)
    return rest != text and not any(map(str.isalnum, lexicon.identifies.pattern.sub(" ", plain(rest))))


def queue_second(draft: Draft, heard: Heard, lexicon: Lexicon) -> Draft:
    """The draft with the further problem of a message that names its first one, each with its own part of the words."""
    second = heard.second_issue
    if second is None or heard.choice is not None or draft.issue is None:
        return draft
    part = part_about(heard.text, second, [draft.issue], lexicon)
    if part is None:
        return draft
    rest = tuple(told.replace(part, " ") if told == heard.text else told for told in draft.told)
    first = part_about(heard.text, draft.issue, [second], lexicon) or ""
    mine, other = _orders_of(heard.text, first, part, lexicon)
    if draft.order is None and mine and other:
        draft = replace(draft, order_number=mine)
    return _queued(replace(draft, told=rest), second, heard, lexicon, part, other)


def queue_named(draft: Draft, heard: Heard, lexicon: Lexicon) -> Draft | None:
    """The draft with a problem that is named while another is being asked about; None where the message names none."""
    also = lexicon.also.within(heard.text) or _other_order(draft, heard, lexicon)
    issue = issue_of(heard)
    if also and (issue is None or heard.confidence < SURE / 2):  # one that its own words name will do
        issue = named(heard, tuple(lexicon.problems), lexicon)
    elif not also and (heard.confidence < SURE or not _told_plainly(heard, issue, lexicon)):
        return None
    if draft.issue is None or issue in (None, "other") or heard.choice is not None:
        return None
    if issue == draft.issue and not _other_order(draft, heard, lexicon):
        return None
    return _queued(draft, issue, heard, lexicon, heard.text)


def take_up(draft: Draft, fresh: Draft) -> tuple[Draft, Mapping[str, Any]] | None:
    """`fresh` with the next problem in the queue of a draft that is done with, and that problem; None without one.

    The order stays, unless the buyer spoke of another one. Everything else is asked anew. A problem that was read out
    of the same message as the first one and names the same item again is the first one in other words.
    """
    queue = [problem for problem in draft.queue if problem.get("sure", True) or _of_its_own(problem, draft)]
    if not queue:
        return None
    problem, *rest = queue
    taken = replace(
        fresh,
        issue=problem["issue"],
        reported_at=problem["reported_at"],
        told=(problem["text"],),
        queue=tuple(rest),
        email=draft.email,
    )
    if number := problem.get("order_number"):
        taken = replace(taken, order_number=number)
    elif problem["other_order"]:
        taken = replace(taken, last_order=None)
    else:
        taken = replace(taken, order_number=draft.order_number, order=draft.order, tracking=draft.tracking)
    return taken, problem


def _orders_of(text: str, first: str, second: str, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """The order numbers of two problems told in one message, in whatever order they stand; None for one not told.

    A number belongs to the problem in whose part it stands, else to the one whose words stand beside it again ("the
    bag is of order …"), else to the one that has none yet.
    """
    found: dict[str, str] = {}
    left: list[tuple[str, str]] = []
    for part in parts(text):
        number = order_number(part)
        if number and part in (first, second):
            found[part] = number
        elif number:
            left.append((part, number))
    for part, number in left:
        open_ = [problem for problem in (first, second) if problem not in found]
        beside = _telling(part, lexicon)
        nearest = max(open_, key=lambda problem: len(beside & _telling(problem, lexicon)), default=None)
        if nearest is not None:
            found[nearest] = number
    return found.get(first), found.get(second)


def _telling(part: str, lexicon: Lexicon) -> set[str]:
    return set(words(lexicon.identifies.pattern.sub(" ", plain(without_numbers(part)))))


def _told_plainly(heard: Heard, issue: str | None, lexicon: Lexicon) -> bool:
    """Whether a message is surely of that problem: it has a word of its own, or is clear and no mere remark."""
    if issue is not None and lexicon.tells(issue, heard.text):
        return True
    return heard.confidence >= CLEAR and len(heard.text.split()) > REMARK


def _told_beside(heard: Heard, first: str, lexicon: Lexicon) -> str | None:
    """A further problem, understood or at least likely, that is named in another part of the message than the first."""
    understood = ISSUE_OF_INTENT.get(heard.second_issue or "")
    likely = [intent for intent, probability in heard.ranking if probability >= POSSIBLE]
    issues = dict.fromkeys(ISSUE_OF_INTENT[intent] for intent in (*heard.close, *likely) if intent in ISSUE_OF_INTENT)
    orders = {number for part in parts(heard.text) if (number := order_number(part))}
    if len(orders) > 1 or lexicon.several.within(heard.text):  # they say so themselves, whatever was understood
        issues |= dict.fromkeys(lexicon.problems)
    for one in dict.fromkeys([*([understood] if understood else []), *issues]):
        pairs = ((one, [first]), (first, [one]))
        same = {one, first} <= OF_THE_WAY and len(orders) < 2
        if one != first and not same and all(part_about(heard.telling, *pair, lexicon) for pair in pairs):
            return one
    return None


def _other_order(draft: Draft, heard: Heard, lexicon: Lexicon) -> bool:
    number = order_number(heard.text)
    return lexicon.other_order.within(heard.text) or number not in (None, draft.order_number)


def _of_its_own(problem: Mapping[str, Any], draft: Draft) -> bool:
    found = find_items(problem["text"], draft.order["items"]) if draft.order else {}
    return not found or not set(found) <= set(draft.affected or ())


def _queued(
    draft: Draft, issue: str | None, heard: Heard, lexicon: Lexicon, text: str, number: str | None = None
) -> Draft:
    number = number or order_number(text)
    number = number if number != draft.order_number else None
    other = _other_order(draft, heard, lexicon)
    known = {(problem["issue"], problem.get("order_number")) for problem in draft.queue}
    if issue is None or (issue, number) in known or (issue == draft.issue and not other):
        return draft
    sure = other or text == heard.text or lexicon.also.within(heard.text)
    problem = {
        "issue": issue,
        "reported_at": heard.at.isoformat(),
        "text": lexicon.also.cut(text),
        "other_order": other,
        "order_number": number,
        "sure": sure,
    }
    return replace(draft, queue=(*draft.queue, problem))
