"""What of a shop's policy a question is about: the topic whose phrases it says or whose words it mostly shares."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from redress.claims.items import words
from redress.claims.lexicon import CHINESE
from redress.policy import Answer, Clause, PackVersion
from redress.policy.texts import Texts
from redress.policy.vocabulary import Language
from redress.policy.walk import walk

ALIKE = 88  # of 100, for a word that is misspelt
ENOUGH = 0.55  # of a question's weight, for something to be about it
PHRASE = 2.0  # the weight of a phrase that is said word for word, as much as a word that few texts have
NEARER = 0.25  # of a question's weight: how much nearer a title, or each word of a phrase, brings a topic
LONGEST = 6  # words of a phrase that count
LOOSE = 0.5  # of a word: how near a phrase brings a topic whose words stand apart

ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s")
_DATA = yaml.safe_load(Path(__file__).with_name("question_words.yml").read_text("utf-8"))
SMALL = frozenset(_DATA["small"].split())
GENERAL = frozenset(_DATA["general"].split())
SAME = {word: row.split()[0] for row in _DATA["same"] for word in row.split()}


@dataclass(frozen=True)
class Topic:
    """Something of the policy that can be asked for: an answer with its title and phrases, or a bare clause."""

    found: Answer | Clause
    phrases: tuple[str, ...]
    title: frozenset[str]
    stems: frozenset[str]


def best_topic(version: PackVersion, text: str, language: Language) -> Answer | Clause | None:
    """What a question is about, or None where the policy says nothing of it.

    Rare words weigh more than common ones; a word that the policy has not at all weighs most, so that a question
    about something else finds nothing. Of what is equally near, an answer goes before a clause.
    """
    known, asked = topics(version, language), stems(text)
    weights = _weights(known, asked)
    near = [(_nearness(topic, text, asked, weights), topic.found) for topic in known]
    nearest, found = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return found if nearest else None


def foreign(version: PackVersion, text: str, language: Language) -> bool:
    """Whether a question is mostly about something that the policy has no word for."""
    known, asked = topics(version, language), stems(text)
    weights = _weights(known, asked)
    said = {stem for topic in known for stem in topic.stems}
    return sum(weight for stem, weight in weights.items() if stem not in said) > sum(weights.values()) / 2


def vague(text: str) -> bool:
    """Whether a question has no topic of its own: "can I return it then?" asks about the claim that is being told."""
    return not set(stems(text)) - GENERAL


@lru_cache(maxsize=256)
def topics(version: PackVersion, language: Language) -> tuple[Topic, ...]:
    """Everything that a version says, its answers before the clauses of its rules."""
    answers = []
    for one in version.answers.values():
        phrases = tuple(dict.fromkeys((*one.words.get(language, ()), *one.words.get("en", ()))))
        title = _stems_of(language, one.title)
        said = frozenset(stem for phrase in phrases for stem in stems(phrase))
        answers.append(Topic(one, phrases, title, title | said | _stems_of(language, one.text)))
    parts = (part for _, part in walk((version.rows, version.fees)))
    clauses = {part.ref: part for part in parts if isinstance(part, Clause)}
    return (*answers, *(Topic(one, (), frozenset(), _stems_of(language, one.says)) for one in clauses.values()))


def stems(text: str) -> tuple[str, ...]:
    """The words of a text that say what it is about, without endings, words of one meaning as one.

    Chinese, which does not part its words, has none: there the phrases of a topic count alone.
    """
    said = (word for word in words(text) if not (word in SMALL or word.isdigit() or CHINESE.search(word)))
    return tuple(dict.fromkeys(_stem(word) for word in said))


def _nearness(topic: Topic, text: str, asked: tuple[str, ...], weights: Mapping[str, float]) -> float:
    """0 for a topic that the question is not about, else how near it is."""
    spoken = f" {' '.join(words(text))} "
    literal = [phrase for phrase in topic.phrases if _literally(phrase, text, spoken)]
    loose = any(_loosely(phrase, asked) for phrase in topic.phrases)
    longest = max((min(_length(phrase), LONGEST) for phrase in literal), default=LOOSE if loose else 0.0)
    extra = PHRASE if longest > 1 or any(not phrase.isascii() for phrase in literal) else 0.0
    known = sum(weights[stem] for stem in asked if any(_alike(stem, own) for own in topic.stems))
    total = sum(weights.values()) + extra
    share = (known + extra) / total if total else 0.0
    if share < ENOUGH:
        return 0.0
    titled = sum(weights[stem] for stem in topic.title.intersection(asked)) / total
    return share + NEARER * (longest + titled)


def _literally(phrase: str, text: str, spoken: str) -> bool:
    if not phrase.isascii() and phrase.casefold() in text.casefold():
        return True
    return f" {' '.join(words(phrase))} " in spoken


def _length(phrase: str) -> int:
    """In words; of Chinese, where a word has two characters more often than not, in characters."""
    return len(phrase) if CHINESE.search(phrase) else len(words(phrase))


def _loosely(phrase: str, asked: tuple[str, ...]) -> bool:
    wanted = stems(phrase)
    return bool(wanted) and all(any(_alike(stem, other) for other in asked) for stem in wanted)


def _weights(known: tuple[Topic, ...], asked: tuple[str, ...]) -> dict[str, float]:
    counted = Counter(stem for topic in known for stem in topic.stems)
    return {stem: math.log(1 + len(known) / (counted[stem] + 0.5)) for stem in asked}


def _stems_of(language: Language, *texts: Texts) -> frozenset[str]:
    return frozenset(stem for text in texts for one in {language, "en"} for stem in stems(text[one]))


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    ending = next((one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), "")
    bare = word.removesuffix(ending)
    return SAME.get(word) or SAME.get(bare) or SAME.get(bare + "e") or bare.removesuffix("e")


def _alike(stem: str, heard: str) -> bool:
    return stem == heard or (len(stem) > 4 and fuzz.ratio(stem, heard) >= ALIKE)
