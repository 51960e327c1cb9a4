"""Who finds the subject behind an insertion: spaCy's parser, with names masked, or the shallow one.

``python -m benchmarks.parser_subjects`` prints, for the sentences listed in
``tests/data/parser/subjects.yaml``, in how many each one gives the marked verb its true subject.
The figures are in docs/decisions/shallow-parser.md. ``-v`` prints what each one misses.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import spacy
import yaml
from spacy.language import Language

from graph.model import Article, Kind
from loaders.demo import articles
from loaders.reading.arguments import subject_candidates
from loaders.reading.article_pass import Rules
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.phrases import Parse, parse
from loaders.reading.predicates import verb_group
from loaders.reading.sentences import split_sentences
from loaders.reading.tagging import MASKS, MODELS, Tagger
from loaders.reading.tokens import Category, Sentence, categorise
from loaders.sources.files import read_paths

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"


@dataclass(frozen=True)
class Marked:
    """A sentence with the place of its subject and of its verb, and its names with their kinds."""

    text: str
    subject: tuple[int, int]
    verb: tuple[int, int]
    names: tuple[tuple[int, int, Kind], ...]

    def masked(self) -> Marked:
        """The same sentence with a well-known name of one word for each name."""
        masks = {kind: cycle(found) for kind, found in MASKS.items()}
        text, position, moved = "", 0, dict[int, int]()
        for start, end, kind in (*self.names, (len(self.text), len(self.text), None)):
            for offset in range(position, start + 1):
                moved[offset] = len(text) + offset - position
            text += self.text[position:start] + (next(masks[kind]) if kind else "")
            moved[end] = len(text)
            position = end
        subject = (moved[self.subject[0]], moved[self.subject[1]])
        return Marked(text, subject, (moved[self.verb[0]], moved[self.verb[1]]), ())


def texts() -> Iterator[tuple[str, str, dict[str, Kind]]]:
    """Of every annotated article: its id, its text, and the names in it."""
    demo = {a.id: a.text for a in read_paths([articles()]) if isinstance(a, Article)}
    for path in sorted((DATA / "gold" / "dev").glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        for gold in found if isinstance(found, list) else [found]:
            names = {e["name"]: Kind(e["kind"]) for e in gold["entities"]}
            yield gold["id"], gold.get("text") or demo[gold["id"]], names


def marked() -> Iterator[Marked]:
    """The marked sentences."""
    known = {id_: (text, names) for id_, text, names in texts()}
    rows = yaml.safe_load((DATA / "parser" / "subjects.yaml").read_text(encoding="utf-8"))
    for row in rows:
        text, names = known[row["article"]]
        sentences = (text[s.start : s.end] for s in split_sentences(text, "fr"))
        sentence = next(s for s in sentences if " ".join(s.split()).startswith(row["begins"]))
        start = sentence.index(row["subject"])
        end = start + len(row["subject"])
        verb = sentence.index(row["verb"], end)
        places = tuple(_named(sentence, names))
        yield Marked(sentence, (start, end), (verb, verb + len(row["verb"])), places)


def _named(sentence: str, names: dict[str, Kind]) -> Iterator[tuple[int, int, Kind]]:
    """Where the names stand, the longer one where two overlap."""
    taken: set[int] = set()
    found: list[tuple[int, int, Kind]] = []
    for name in sorted(names, key=len, reverse=True):
        start = sentence.find(name)
        while start >= 0:
            end = start + len(name)
            whole = not sentence[end : end + 1].isalnum() and not sentence[:start][-1:].isalnum()
            if whole and taken.isdisjoint(range(start, end)):
                taken |= set(range(start, end))
                found.append((start, end, names[name]))
            start = sentence.find(name, end)
    yield from sorted(found)


def spacy_finds(nlp: Language, sentence: Marked) -> bool:
    """Whether a word of the subject is labelled as the subject of the verb."""
    doc = nlp(sentence.text)
    verb = next(t for t in doc if t.idx + len(t.text) > sentence.verb[0])
    start, end = sentence.subject
    return any(
        word.dep_.startswith("nsubj") and word.head in (verb, verb.head)
        for word in doc
        if word.idx < end and word.idx + len(word.text) > start
    )


def shallow_finds(tagger: Tagger, rules: Rules, sentence: Marked) -> bool:
    """Whether the likeliest subject of the shallow parser is the subject."""
    parsed = _shallow(tagger, rules, sentence)
    verb = next(i for i, t in enumerate(parsed.tokens) if t.end > sentence.verb[0])
    while verb and parsed.tokens[verb].category is not Category.VERB:
        verb -= 1  # "est directeur": the subject is sought for "est"
    found = subject_candidates(parsed, verb_group(parsed, verb))[:1]
    start, end = sentence.subject
    return any(
        parsed.tokens[phrase.start].start < end and parsed.tokens[phrase.end - 1].end > start
        for candidate in found
        for phrase in candidate.group
    )


def _shallow(tagger: Tagger, rules: Rules, marked_: Marked) -> Parse:
    text = marked_.text
    mentions = [
        Mention(start, end, text[start:end], NamedEntity(text[start:end], kind=kind))
        for start, end, kind in marked_.names
    ]
    sentence = Sentence(0, 0, len(text), 0, text)
    (tagged,) = tagger.names([text])
    tagger.tokenise(sentence, mentions, [], [], tagged.words)
    tagger.tag([sentence])
    sentence.tokens = categorise(sentence.tokens, rules.lexicon)
    return parse(sentence, rules.lexicon)


def main() -> None:
    """Print how many each one finds."""
    nlp = spacy.load(MODELS["fr"])
    tagger, rules = Tagger.load("fr"), Rules.of("fr")
    sentences = list(marked())
    ways = {
        f"{MODELS['fr']}": [spacy_finds(nlp, s) for s in sentences],
        f"{MODELS['fr']}, names masked": [spacy_finds(nlp, s.masked()) for s in sentences],
        "shallow parser": [shallow_finds(tagger, rules, s) for s in sentences],
    }
    for name, found in ways.items():
        print(f"{name:32} {sum(found):3} of {len(found)}  {sum(found) / len(found):.0%}")
        if "-v" in sys.argv:
            for sentence, right in zip(sentences, found, strict=True):
                if not right:
                    start, end = sentence.subject
                    print(f"    {sentence.text[start:end]}: {sentence.text}")


if __name__ == "__main__":
    main()
