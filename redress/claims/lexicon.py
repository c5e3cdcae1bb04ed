"""Recognising answers by words that linguists edit in `data/lexicon.yml`."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from redress.claims.spelling import SHORTEST, respelt

LATIN = re.compile(r"[a-z]+")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LAST_LATIN = "\u024f"
BARE_NO = frozenset({"no", "nope", "nah", "нет"})
LONG_WORD = 6  # letters of a word that may be misspelt and is still itself
MISSPELT = 85  # of 100: "refuund", but not "defund"
# Between two things that are told: marks that end a part of a sentence, and words that join two of them.
BETWEEN = re.compile(
    r"[.;!?,](?=\s|$)|[\n。！？；，]|\b(?:and|but|also|plus|besides|y|pero|además|и|но|также)\b|和|还有|而且|但是",
    re.IGNORECASE,
)
FURTHER_WORDS = "further_words"  # the row of words that count for the spelling alone
GAP = "..."  # in a phrase: up to three words of any kind
APOSTROPHES = str.maketrans("’‘`´", "''''")


@dataclass(frozen=True)
class Phrases:
    """Phrases as one pattern; of two that begin at the same place, the longer one counts."""

    pattern: re.Pattern[str]
    words: frozenset[str] = frozenset()  # those phrases that are one long word, for misspellings of it

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases":
        """The pattern of those phrases, whole words, letter case aside.

        One that ends in `|` counts at the end of a sentence only; " ... " in one stands for up to three words.
        """
        longest_first = sorted({plain(phrase) for phrase in phrases}, key=len, reverse=True)
        long_words = frozenset(phrase for phrase in longest_first if phrase.isalpha() and len(phrase) >= LONG_WORD)
        return cls(re.compile("|".join(map(_pattern, longest_first))), long_words)

    def find(self, text: str) -> re.Match[str] | None:
        """The first phrase in the text as `plain` makes it, or None."""
        return self.pattern.search(plain(text))

    def begins(self, text: str) -> bool:
        """Whether the text begins with any of the phrases."""
        found = self.find(text)
        return found is not None and not text[: found.start()].strip()

    def within(self, text: str) -> bool:
        """Whether any of the phrases stands in the text."""
        return self.find(text) is not None

    def nearly(self, text: str) -> bool:
        """Whether any of the phrases stands in the text, a long word of them spelt within reason."""
        if self.within(text):
            return True
        said = [word for word in re.findall(r"\w+", plain(text)) if len(word) >= LONG_WORD - 1]
        return any(fuzz.ratio(word, own) >= MISSPELT for word in said for own in self.words)

    def alone(self, text: str, beside: "Phrases") -> bool:
        """Whether the text is one of the phrases, or several, and nothing else but words of `beside`."""
        rest = beside.pattern.sub(" ", self.pattern.sub(" ", plain(text)))
        return self.within(text) and not any(character.isalnum() for character in rest)

    def cut(self, text: str) -> str:
        """The text without the phrases, in lower case where it has any."""
        return self.pattern.sub(" ", plain(text)) if self.within(text) else text

    def count(self, text: str) -> int:
        """How many different phrases stand in the text."""
        return len(set(self.pattern.findall(plain(text))))


@dataclass(frozen=True)
class Lexicon:
    """The phrases of `data/lexicon.yml`, by what they say, and the `vocabulary` that misspelt words are read as."""

    affirms: Phrases
    denies: Phrases
    fillers: Phrases
    no_answer: Phrases
    all_items: Phrases
    sends: Phrases
    hesitates: Phrases
    thanks: Phrases
    unchanged: Phrases
    no_goods: Phrases
    requests: Phrases
    objects: Phrases
    remedies: Mapping[str, Phrases]
    values: Mapping[str, Phrases]
    problems: Mapping[str, Phrases]
    facts: Mapping[str, Mapping[str, Phrases]]
    other_order: Phrases
    same_order: Phrases
    also: Phrases
    several: Phrases
    people: Phrases
    wishes: Phrases
    told_values: Mapping[str, Phrases]
    reasons: Mapping[str, Phrases]
    negates: Phrases
    subjects: Phrases
    volunteers: Mapping[str, Mapping[str, Phrases]]
    of_orders: Phrases
    everything: Phrases
    refuses: Phrases
    later: Phrases
    dont_have: Phrases
    keeps: Phrases
    asks_leave: Phrases
    promises: Phrases
    brings: Phrases
    drops: Phrases
    resumes: Phrases
    polite: Phrases
    identifies: Phrases
    foreign: Phrases
    deadlines: Phrases
    small_talk: Phrases
    none_of_these: Phrases
    firm: Phrases
    tickets: Phrases
    withdraws: Phrases
    what_now: Phrases
    questions: Phrases
    open_questions: Phrases
    own: Phrases
    corrects: Phrases
    arrived: Phrases
    asks: Mapping[str, Phrases]
    grounds: Phrases
    amounts: Phrases
    asks_remedy: Phrases
    recounts: Phrases
    consequences: Phrases
    adds: Phrases
    explains: Phrases
    pleads: Phrases
    takes_long: Phrases
    abandons: Phrases
    goes_on: Phrases
    matters: Phrases
    vocabulary: frozenset[str]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Lexicon":
        """The lexicon of the file's content: phrases in lists, or a mapping of such, to any depth."""
        phrases = {key: _phrases(rows) for key, rows in data.items() if key != FURTHER_WORDS}
        return cls(**phrases, vocabulary=frozenset(_long_words(data)))

    def spelt(self, text: str) -> str:
        """The text with the misspelt ones of the words that stand in phrases as they should be."""
        return respelt(text, self.vocabulary)

    def remedies_in(self, text: str, kinds: Iterable[str]) -> list[str]:
        """The kinds of remedy that a text asks for, in their order."""
        known = [kind for kind in kinds if kind in self.remedies]
        said = [kind for kind in known if any(self._wants(one, kind) for one in parts(plain(text)))]
        return said or [kind for kind in known if self.remedies[kind].nearly(text)]

    def _wants(self, part: str, kind: str) -> bool:
        return self._said_in(part, self.remedies[kind])

    def tells(self, issue: str, text: str) -> bool:
        """Whether a part of a text has a word of that problem and does not deny it ("nothing is broken").

        "There's something else" is no other product.
        """
        own = self.problems.get(issue)
        return own is not None and any(self._said_in(part, own) for part in parts(plain(self.also.cut(text))))

    def _said_in(self, part: str, phrases: Phrases) -> bool:
        found = phrases.find(part)
        return found is not None and not self._negated(part[: found.start()])

    def wished(self, text: str, kinds: Iterable[str]) -> list[str]:
        """The kinds of remedy that a part of a text wishes for, in so many words."""
        wishes = [part for part in parts(text) if self.wishes.within(part)]
        return [
            kind for kind in kinds if kind in self.remedies and any(self.remedies[kind].within(one) for one in wishes)
        ]

    def volunteered(self, name: str, text: str) -> bool | None:
        """What a text that was not asked for a fact says of it beyond doubt; None for nothing, or for both."""
        said = self._said(self.volunteers.get(name), text)
        return said.pop() if len(said) == 1 else None

    def fact(self, name: str, text: str) -> bool | None:
        """What words of a fact's own answer ("untouched" is no to "has it been altered"); of both, the no counts."""
        said = self._said(self.facts.get(name), text)
        return None if not said else False not in said

    def value(self, values: Iterable[str], text: str, *, asked: bool = True) -> str | None:
        """The only one of the values of a choice that a text names, beyond doubt where it was not asked for."""
        known, offered = self.values if asked else self.told_values, list(values)
        named: set[str] = set()
        denied: set[str] = set()
        no_more = False  # in a list that a "no" began: "no CD, DVD or software"
        for part in parts(plain(text)):
            for one in offered:
                found = known[one].find(part) if one in known else None
                if found:
                    head = part[: found.start()]
                    no_more = self._negated(head) or (no_more and not head.strip())
                    (denied if no_more else named).add(one)
        if not named and len(offered) == len(denied) + 1 == 2:  # "not software" leaves the other one
            named = set(offered) - denied
        return named.pop() if len(named) == 1 else None

    def _said(self, phrases: Mapping[str, Phrases] | None, text: str) -> set[bool]:
        """What the parts of a text say, each by itself: a negated yes is a no, a negated no is nothing."""
        said: set[bool] = set()
        if phrases is None:
            return said
        for part in parts(plain(text)):
            no, yes = phrases["no"].find(part), phrases["yes"].find(part)
            if yes and no and yes.start() <= no.start() < no.end() <= yes.end():  # "not expired" holds "expired"
                no = None
            if no and not self._negated(part[: no.start()]):
                said.add(False)
            elif yes and not no:
                said.add(not self._negated(part[: yes.start()]))
            elif not yes and not no and phrases["no"].nearly(part):
                said.add(False)
        return said

    def _negated(self, head: str) -> bool:
        """Whether what stands before a phrase denies it.

        A "no" that only opens the answer does not: "no it was altered", but "no component was lost".
        """
        opening, _, rest = head.strip().partition(" ")
        if rest and opening in BARE_NO and (opening != "no" or self.subjects.begins(rest)):
            head = rest
        return self.denies.within(head) or self.negates.within(head)

    def asked(self, text: str) -> str | None:
        """The intent of what is asked in another language than English, where that is most of the message."""
        said = [character for character in plain(text) if character.isalnum()]
        for intent, phrases in self.asks.items():
            found = phrases.find(text)
            if found and 2 * sum(character.isalnum() for character in found.group()) >= len(said):
                return intent
        return None

    def yes_or_no(self, text: str, words: int) -> bool | None:
        """What the first `words` words of a text answer: True, False, or None for neither."""
        if self.no_answer.within(text):
            return None
        head = " ".join(self.fillers.pattern.sub(" ", plain(text)).split()[:words])
        yes, no = self.affirms.find(head), self.denies.find(head)
        if yes and no:  # of two at the same place the longer one counts: "of course not"
            return (yes.start(), -yes.end()) < (no.start(), -no.end())
        return True if yes else False if no else None


def _pattern(phrase: str) -> str:
    if phrase.endswith("|"):
        return rf"\b{re.escape(phrase[:-1])}\b(?=\W*(?:[.,;!?]|$))"
    if CHINESE.search(phrase):
        return re.escape(phrase)
    # "can" does not stand in "can't"
    parts_of_it = (re.escape(part.strip()).replace("'", "'?") for part in phrase.split(GAP))  # "wasnt"
    return r"\W+(?:[\w']+\W+){0,3}?".join(rf"\b{part}\b(?!'t\b)" for part in parts_of_it)


def ends_asking(text: str) -> bool:
    """Whether a text ends with a question; one that only begins with it may go on to answer ("the card? I have it")."""
    return text.rstrip().endswith(("?", "？"))


def parts(text: str) -> list[str]:
    """What stands between marks and joining words, in order."""
    return [part.strip() for part in BETWEEN.split(text) if part.strip()]


def in_another_script(text: str) -> bool:
    """Whether most letters are none that English or Spanish have."""
    letters = [character for character in text if character.isalpha()]
    return 2 * sum(character > LAST_LATIN for character in letters) > len(letters)


def plain(text: str) -> str:
    """The text in lower case, without accents, which phones often leave out, and with straight apostrophes."""
    parted = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold()
    return "".join(character for character in parted if not unicodedata.combining(character))


def _long_words(rows: Any) -> Iterator[str]:
    """The words of all phrases that are long enough to be told from others when they are misspelt."""
    if isinstance(rows, str):
        yield from (word for word in LATIN.findall(plain(rows)) if len(word) >= SHORTEST)
        return
    for below in rows.values() if isinstance(rows, Mapping) else rows:
        yield from _long_words(below)


def _phrases(rows: Any) -> Any:
    if isinstance(rows, Mapping):
        return {name: _phrases(below) for name, below in rows.items()}
    flat = [phrase for row in rows for phrase in (row if isinstance(row, list) else [row])]
    return Phrases.of(flat)
