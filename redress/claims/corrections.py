"""Changing an earlier answer: what it was changes, what depended on it is asked again, the rest is kept."""

from dataclasses import replace

from redress.claims.affected import bare_number
from redress.claims.conversation import Heard, Question
from redress.claims.draft import Draft
from redress.claims.items import find_items, find_number
from redress.claims.lexicon import Lexicon, ends_asking, parts, plain
from redress.claims.naming import ISSUE_OF_INTENT, SURE, email_address, issue_of, order_number
from redress.policy.vocabulary import FACTS

# questions at which the items are known, and a "no" or an "also" is about them
LATE = frozenset({"evidence", "remedy", "confirm"})
BRIEF = 10  # words of a correction where any text would be an answer
NAMED = 0.4  # of a problem that a correction names by a word of its own
BESIDE = 0.3  # of a problem that is named beside saying that something is to be corrected
# problems that are over once the parcel is there
NOT_THERE = frozenset({"non_delivery", "late_delivery"})


def correct(heard: Heard, draft: Draft, question: Question | None, lexicon: Lexicon) -> Draft | None:
    """The draft with an earlier answer changed by this message, or None when it changes none.

    Another order number is a correction where it looks like the first one (a tracking or telephone number is none), was
    not found yet, or comes with a word that says so ("I meant"); another item, fact or problem only with such a word,
    or where the buyer is asked whether all is right. A fact can also be turned round after the outcome.
    """
    if heard.choice is not None or draft.issue is None:
        return None
    number = order_number(heard.text)
    says_so = lexicon.corrects.nearly(heard.text) or heard.intent == "correct_answer"
    if question and question.kind == "text":  # whatever is written answers it, but "I meant the shoes"
        short = len(heard.text.split()) <= BRIEF
        brief = lexicon.corrects.begins(heard.text) and short
        of_order = number and (says_so or lexicon.of_orders.within(heard.text))
        if not (of_order and short and question.topic == "evidence"):
            return _items(heard, draft, lexicon) if brief else None
    if question is None and not says_so and issue_of(heard):
        return None  # after an outcome a problem that is told is a new claim
    another = number and draft.order_number and number != draft.order_number
    if number and another and further(heard, draft, lexicon):
        return None  # "my other order OR100002 came damaged, too"
    if number and another and (draft.order is None or says_so or _alike(number, draft.order_number)):
        other = other_order(draft, number)
        return replace(other, email=email_address(heard.text) or other.email)
    email = email_address(heard.text)
    if email and draft.order is None and draft.email and email != draft.email:
        return replace(draft, email=email)
    if question and question.topic in ("items", "quantity") and _answers_units(heard, draft, question):
        return None  # "I mean two bags" answers what is asked
    if question and question.topic in LATE and lexicon.also.within(heard.text) and not says_so:
        another_problem = issue_of(heard) not in (None, draft.issue) and heard.confidence >= SURE / 2
        return None if another_problem else _items(heard, draft, lexicon, more=True)  # "and the shoes too"
    if question and question.topic == "confirm" and not says_so and tells_another(heard, draft, lexicon):
        return None  # "the shoes look scratched" beside a missing bag
    asks = ends_asking(heard.text) or lexicon.questions.begins(heard.text)
    if not says_so and (asks or (heard.intent == "wait" and heard.confidence >= SURE)):
        return None  # "can I return opened software?", "hold on, somebody is at the door for my bag"
    turned = _fact(heard, draft, question, lexicon)
    if question is None and not says_so:
        return turned
    denied = question and question.topic in LATE and lexicon.denies.begins(heard.text)
    if not (says_so or denied or (question and question.topic == "confirm")):
        return None
    changed = _items(heard, draft, lexicon) or turned
    if changed or not says_so or _answers_in_words(heard, question, lexicon):
        return changed
    return _problem(heard, draft, lexicon)


def _answers_in_words(heard: Heard, question: Question | None, lexicon: Lexicon) -> bool:
    """Whether words answer the open question: "I'd rather keep it" where it is asked changes no problem."""
    if question is None:
        return False
    remedies = question.topic == "remedy" and lexicon.remedies_in(heard.text, lexicon.remedies)
    told = (lexicon.refuses, lexicon.later, lexicon.dont_have) if question.topic == "evidence" else ()
    return (
        bool(remedies)
        or any(phrases.within(heard.text) for phrases in told)
        or lexicon.fact(question.subject, heard.text) is not None
    )


def further(heard: Heard, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a message tells of a problem beside the one that is talked about.

    It says so, or tells a problem of another order; together, words as of a correction ("sorry") change nothing. Who
    only corrects the order's number does not tell the same problem again.
    """
    beside = lexicon.other_order.within(heard.text) or lexicon.also.within(heard.text)
    number, first = order_number(heard.text), draft.order_number
    elsewhere = number is not None and first is not None and number != first and _alike(number, first)
    told = issue_of(heard)
    other = told not in (None, "other") and heard.confidence >= SURE / 2
    other = other and (told != draft.issue or lexicon.tells(told or "", heard.text))
    corrects = lexicon.corrects.within(heard.text)
    return (beside and not corrects) or (elsewhere and other and (beside or not corrects))


def tells_another(heard: Heard, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a message surely tells another problem than the one that is being claimed."""
    issue = issue_of(heard)
    if issue in (None, "other", draft.issue) or heard.confidence < SURE or _changes_wish(heard, lexicon):
        return False
    return lexicon.tells(issue, heard.text)


def _changes_wish(heard: Heard, lexicon: Lexicon) -> bool:
    """Whether a mind is changed about the remedy and not about the goods: "I changed my mind, a replacement"."""
    return issue_of(heard) == "change_of_mind" and bool(lexicon.remedies_in(heard.text, lexicon.remedies))


def other_order(draft: Draft, number: str) -> Draft:
    """The same problem with another order: nothing of the first order may stay."""
    return Draft(
        id=draft.id,
        issue=draft.issue,
        reported_at=draft.reported_at,
        order_number=number,
        email=draft.email,
        told=draft.told,
        volunteered=draft.volunteered,
        queue=draft.queue,
        parked=draft.parked,
    )


def forget(draft: Draft, answer: str) -> Draft:
    """The draft without one answer, named by its question's id, so that it is asked again."""
    topic, _, subject = answer.partition(":")
    if topic == "issue":
        return replace(draft, issue=None, remedy=None)
    if topic != "order_number":
        draft = replace(draft, told=(), volunteered={})  # or it would answer itself again
    if topic == "order_number":
        return replace(other_order(draft, ""), order_number=None)
    if topic == "items":
        return replace(draft, affected=None, remedy=None)
    if topic == "fact":
        skipped = {key: how for key, how in draft.skipped.items() if key != answer}
        return replace(draft.with_fact(subject, None), skipped=skipped, remedy=None)
    return replace(draft, remedy=None)


def answered(draft: Draft) -> list[str]:
    """The ids of the questions whose answers the buyer can change, in the order in which they were asked."""
    answers = ["issue"] if draft.issue else []
    if draft.order is not None:
        answers += ["order_number", *(["items"] if draft.affected else []), *(f"fact:{name}" for name in draft.facts)]
    return [*answers, "remedy"] if draft.remedy else answers


def _alike(number: str, first: str | None) -> bool:
    """Letters where the first number has letters, digits where it has digits."""
    return [one.isdigit() for one in number] == [one.isdigit() for one in first or ""]


def _answers_units(heard: Heard, draft: Draft, question: Question) -> bool:
    found = find_items(heard.text, draft.order["items"] if draft.order else ())
    if question.topic == "items":
        return bool(found) or find_number(heard.text) is not None
    return set(found) == {question.subject} or (not found and find_number(heard.text) is not None)


def _items(heard: Heard, draft: Draft, lexicon: Lexicon, *, more: bool = False) -> Draft | None:
    """Other items, or other numbers of them; `more`: beside those that were told."""
    if draft.order is None or draft.affected is None:
        return None
    found = find_items(lexicon.no_goods.cut(heard.text), draft.order["items"])
    if not found and (counted := _recounted(heard.text, draft, lexicon)):
        found = {**draft.affected, **counted}  # the others stay as they are
    ordered = {line["sku"]: line["quantity"] for line in draft.order["items"]}
    affected = {sku: 1 if ordered[sku] == 1 else units for sku, units in found.items()}
    if more:
        affected = {**affected, **draft.affected}
    if set(found) == set(draft.affected):  # the same items: only other numbers of them are a change
        affected = {sku: units or draft.affected[sku] for sku, units in affected.items()}
    possible = all(units is None or 1 <= units <= ordered[sku] for sku, units in affected.items())
    return replace(draft, affected=affected) if possible and affected not in ({}, draft.affected) else None


def _recounted(text: str, draft: Draft, lexicon: Lexicon) -> dict[str, int | None]:
    """Another number of the item that a text denies a number of, or of the only one: "not one bag, two"."""
    assert draft.order is not None
    said = [part for part in parts(text) if not lexicon.denies.begins(part)]
    denied = [part for part in parts(text) if lexicon.denies.begins(part)]
    numbers = [n for part in said if (n := bare_number(part, lexicon)) is not None]
    bare = [lexicon.denies.pattern.sub(" ", plain(part)) for part in denied]
    named = next((list(found) for part in bare if (found := find_items(part, draft.order["items"]))), [])
    about = named or list(draft.affected or ())
    return {about[0]: numbers[0]} if len(numbers) == len(about) == 1 else {}


def _fact(heard: Heard, draft: Draft, question: Question | None, lexicon: Lexicon) -> Draft | None:
    """An answer of fact that the message's own words turn round; the open question is answered, not corrected."""
    for name, known in draft.facts.items():
        if question and question.subject == name:
            continue
        told = lexicon.volunteered(name, heard.text) if isinstance(known, bool) else _value(name, heard, lexicon)
        if told not in (None, known):
            return draft.with_fact(name, told)
    return None


def _value(name: str, heard: Heard, lexicon: Lexicon) -> str | None:
    """The one value of a fact with choices that the message names."""
    return lexicon.value(FACTS[name].values, heard.text) if name in FACTS else None


def _problem(heard: Heard, draft: Draft, lexicon: Lexicon) -> Draft | None:
    if draft.issue in NOT_THERE and lexicon.arrived.within(heard.text):
        told = issue_of(heard)
        return replace(draft, issue=told if told not in NOT_THERE else None, remedy=None)
    issue = None if _changes_wish(heard, lexicon) else issue_of(heard)
    if heard.confidence < (NAMED if issue and lexicon.tells(issue, heard.text) else SURE):
        issue = None
    if heard.intent == "correct_answer":  # "no, I said it wrong: it has the wrong colour"
        issue = next((ISSUE_OF_INTENT[one] for one, p in heard.ranking if one in ISSUE_OF_INTENT and p >= BESIDE), None)
    return replace(draft, issue=issue, remedy=None, skipped={}) if issue and issue != draft.issue else None
