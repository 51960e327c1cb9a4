"""The shallow parser's parts: forms, sentences, and phrases and verbs of hand-tagged sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hand_tagged import categories, group_of, place, tagged, words
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.arguments import object_candidates, subject_candidates
from loaders.reading.clauses import clause_bounds
from loaders.reading.complements import complements
from loaders.reading.inflection import Conjugator, Form, conjugator
from loaders.reading.predicates import is_bare_participle, is_past
from loaders.reading.sentences import MAX_SENTENCE_LENGTH, LineKind, split_sentences
from loaders.reading.status import is_hypothetical
from loaders.reading.tokens import Category


# How a verb is written.
@pytest.mark.parametrize(
    ("written", "infinitive", "form"),
    [
        ("rachète", "racheter", Form.PRESENT),
        ("rachètera", "racheter", Form.FUTURE),
        ("rejoignait", "rejoindre", Form.PAST),
        ("rejoindrait", "rejoindre", Form.CONDITIONAL),
        ("acquis", "acquérir", Form.PARTICIPLE),
        ("acquerra", "acquérir", Form.FUTURE),
        ("prirent", "prendre", Form.PAST),
        ("viendra", "venir", Form.FUTURE),
        ("détient", "détenir", Form.PRESENT),
        ("emploierait", "employer", Form.CONDITIONAL),
        ("lançait", "lancer", Form.PAST),
        ("dirigeant", "diriger", Form.GERUND),
        ("lève", "lever", Form.PRESENT),
        ("cède", "céder", Form.PRESENT),
        ("veut", "vouloir", Form.PRESENT),
        ("interrompt", "interrompre", Form.PRESENT),
        ("convainquait", "convaincre", Form.PAST),
        ("enverra", "envoyer", Form.FUTURE),
        ("prévoirait", "prévoir", Form.CONDITIONAL),
        ("disparaîtra", "disparaître", Form.FUTURE),
        ("peignit", "peindre", Form.PAST),
        ("gèle", "geler", Form.PRESENT),
        ("échut", "échoir", Form.PAST),
        ("partais", "partir", Form.PAST),
        ("peuvent", "pouvoir", Form.PRESENT),
        ("produit", "produire", Form.PARTICIPLE),
        ("suivent", "suivre", Form.PRESENT),
        ("mis", "mettre", Form.PARTICIPLE),
        ("fit", "faire", Form.PAST),
        ("eurent", "avoir", Form.PAST),
        ("serait", "être", Form.CONDITIONAL),
    ],
)
def test_a_written_form_leads_to_its_verb(written: str, infinitive: str, form: Form) -> None:
    readings = conjugator("fr").table([infinitive]).get(written, ())
    assert (infinitive, form) in {(reading.infinitive, reading.form) for reading in readings}


def test_a_form_of_two_verbs_has_a_reading_of_each() -> None:
    table = conjugator("fr").table(["suivre", "être"])
    assert {reading.infinitive for reading in table["suis"]} == {"suivre", "être"}


def test_a_verb_without_paradigm_is_refused() -> None:
    conjugate = Conjugator({"endings": {"er": {"infinitive": ["er"]}}, "alternations": []})
    with pytest.raises(ValueError, match="finir"):
        list(conjugate.forms("finir"))


# Where a sentence ends.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il part. Elle reste.", ["Il part.", "Elle reste."]),
        ("M. Roy et Mme J. Blin partent.", ["M. Roy et Mme J. Blin partent."]),
        ("Acme Inc. embauche. Oui !", ["Acme Inc. embauche.", "Oui !"]),
        ("« Je pars. » Il rit.", ["« Je pars. »", "Il rit."]),
        ("Il vaut 3.5 millions. Fin", ["Il vaut 3.5 millions.", "Fin"]),
        ("Le site kim.fr ferme.", ["Le site kim.fr ferme."]),
        ("Il quitte Character.AI. Elle aussi.", ["Il quitte Character.AI.", "Elle aussi."]),
        ("Le Ph.D. Roy est né aux U.S.A. Il vit.", ["Le Ph.D. Roy est né aux U.S.A. Il vit."]),
        ("Titre sans point\nUne phrase.", ["Titre sans point", "Une phrase."]),
        ("- un\n- deux", ["un", "deux"]),
        ("Hier.\nM. Petit dort.", ["Hier.", "M. Petit dort."]),
        ("Oui ?\nP. V. : J'y vais.", ["Oui ?", "P. V. : J'y vais."]),
        ("Vraiment ?! Non… Si.", ["Vraiment ?!", "Non…", "Si."]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_text_is_cut_at_the_ends_of_its_sentences(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text, "fr")] == expected


def test_lines_are_told_apart() -> None:
    text = "Un titre\nUne phrase.\n- une entrée\n2) une autre"
    kinds = [span.kind for span in split_sentences(text, "fr")]
    assert kinds == [LineKind.HEADING, LineKind.BODY, LineKind.ITEM, LineKind.ITEM]
    assert [span.paragraph for span in split_sentences(text, "fr")] == [0, 1, 2, 3]


@given(st.text(alphabet="ab .\n!?«»-,A", max_size=300))
def test_sentences_keep_all_but_space_and_bullets_in_order(text: str) -> None:
    spans = split_sentences(text, "fr")
    assert all(one.end <= other.start for one, other in pairwise(spans))
    kept = "".join(text[s.start : s.end] for s in spans)
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in spans)


def test_what_is_longer_than_any_sentence_is_cut() -> None:
    spans = split_sentences("mot, " * 2_000, "fr")
    assert max(span.end - span.start for span in spans) <= MAX_SENTENCE_LENGTH


# What a token is.
def test_prepositions_of_several_words_are_one_token() -> None:
    parsed = tagged("[Léa Roy:Person] est/AUX:Fin à/ADP la/DET tête/NOUN du/ADP groupe/NOUN")
    token = parsed.tokens[2]
    assert (token.category, token.preposition, token.lower) == (
        Category.PREPOSITION,
        "à la tête de",
        "à la tête du",
    )


def test_des_is_an_article_or_a_preposition() -> None:
    assert categories(tagged("vend/VERB:Fin des/DET vélos/NOUN"))["des"] is Category.DETERMINER
    parsed = tagged("le/DET patron/NOUN des/ADP usines/NOUN")
    assert categories(parsed)["des"] is Category.PREPOSITION


def test_a_form_behind_an_article_is_a_noun() -> None:
    parsed = tagged("une/DET offre/VERB:Fin arrive/VERB:Fin")
    assert categories(parsed)["offre"] is not Category.VERB


def test_a_form_behind_a_name_is_a_verb_whatever_the_tagger_says() -> None:
    parsed = tagged("[Orange:Company] rachète/NOUN [Jazz:Company]")
    assert categories(parsed)["rachète"] is Category.VERB


def test_an_expression_for_two_people_is_one_pronoun() -> None:
    parsed = tagged("tous/DET deux/NUM travaillent/VERB:Fin")
    assert categories(parsed)["tous deux"] is Category.PRONOUN


# What belongs together.
def test_a_phrase_ends_before_its_complement() -> None:
    parsed = tagged("le/DET nouveau/ADJ patron/NOUN du/ADP groupe/NOUN [Orange:Company]")
    assert [words(parsed, phrase) for phrase in parsed.phrases] == [
        "le nouveau patron",
        "groupe Orange",
    ]
    assert [phrase.preposition for phrase in parsed.phrases] == [None, "de"]


@pytest.mark.parametrize(
    ("written", "members"),
    [
        ("[A:Person] et/CCONJ [B:Person]", ["A", "B"]),
        ("[A:Person] , [B:Person] et/CCONJ [C:Person]", ["A", "B", "C"]),
        (
            "de/ADP [A:Person] , directeur/NOUN de/ADP [Z:Company] , et/CCONJ de/ADP [B:Person]",
            ["A", "B"],
        ),
        ("[A:Person] ou/CCONJ [B:Person]", ["A", "B"]),
        ("[A:Person] , [B:Person]", ["A"]),
        ("[A:Company] et/CCONJ [P:Product]", ["A"]),
    ],
)
def test_names_in_a_list_are_a_group(written: str, members: list[str]) -> None:
    parsed = tagged(written)
    group = parsed.at[place(parsed, "A")].group
    assert [parsed.tokens[phrase.mention or 0].text for phrase in group] == members


def test_a_name_that_begins_the_next_clause_is_no_member_of_the_list() -> None:
    parsed = tagged(
        "[Z:Company] recrute/VERB:Fin [A:Person] et/CCONJ [B:Person] quitte/VERB:Fin [Y:Company]"
    )
    assert len(parsed.at[place(parsed, "A")].group) == 1


# Whose verb it is, and what it does.
SUBJECTS = [
    ("[A:Person] rejoint/VERB:Fin [Z:Company]", "rejoint", "A"),
    (
        "[A:Person] , directeur/NOUN de/ADP [Y:Company] , rejoint/VERB:Fin [Z:Company]",
        "rejoint",
        "A",
    ),
    ("[A:Person] ( 42/NUM ans/NOUN ) rejoint/VERB:Fin [Z:Company]", "rejoint", "A"),
    (
        "[A:Person] , qui/PRON quitte/VERB:Fin [Y:Company] , a/AUX:Fin du/DET flair/NOUN",
        "quitte",
        "A",
    ),
    (
        "[A:Person] quitte/VERB:Fin [Y:Company] et/CCONJ rejoint/VERB:Fin [Z:Company]",
        "rejoint",
        "A",
    ),
    (
        "[A:Person] a/AUX:Fin décidé/VERB:Part de/ADP rejoindre/VERB:Inf [Z:Company]",
        "rejoindre",
        "A",
    ),
    (
        "Avant/ADP de/ADP rejoindre/VERB:Inf [Z:Company] , [A:Person] dirigeait/VERB:Fin",
        "rejoindre",
        "A",
    ),
    ("[Z:Company] , que/PRON dirige/VERB:Fin [A:Person] , recule/VERB:Fin", "dirige", "A"),
    ("[Z:Company] rachetée/VERB:Part par/ADP [A:Person]", "rachetée", "Z"),
    ("Hier/ADV , [A:Person] ne/ADV dirige/VERB:Fin plus/ADV [Z:Company]", "dirige", "A"),
]


@pytest.mark.parametrize(("written", "verb", "subject"), SUBJECTS, ids=[s[0] for s in SUBJECTS])
def test_a_verb_finds_its_subject(written: str, verb: str, subject: str) -> None:
    parsed = tagged(written)
    found = subject_candidates(parsed, group_of(parsed, verb))
    assert [words(parsed, phrase) for phrase in found][:1] == [subject]


def test_a_subject_is_not_sought_behind_a_strong_stop_or_in_a_subordinate_clause() -> None:
    parsed = tagged("[A:Person] part/VERB:Fin ; rejoint/VERB:Fin [Z:Company]")
    assert subject_candidates(parsed, group_of(parsed, "rejoint")) == []


@pytest.mark.parametrize(
    ("written", "verb", "found"),
    [
        ("[Z:Company] recrute/VERB:Fin [A:Person]", "recrute", "A"),
        ("[Z:Company] recrute/VERB:Fin aussi/ADV [A:Person]", "recrute", "A"),
        ("[A:Person] , que/PRON [Z:Company] recrute/VERB:Fin , part/VERB:Fin", "recrute", "A"),
        ("[Z:Company] recrute/VERB:Fin chez/ADP [Y:Company]", "recrute", None),
    ],
)
def test_a_verb_finds_its_object(written: str, verb: str, found: str | None) -> None:
    parsed = tagged(written)
    index = place(parsed, verb)
    objects = object_candidates(parsed, group_of(parsed, verb), index)
    assert [words(parsed, phrase) for phrase in objects] == ([found] if found else [])


def test_complements_end_with_the_clause() -> None:
    parsed = tagged(
        "[A:Person] passe/VERB:Fin de/ADP [Y:Company] à/ADP [Z:Company] , "
        "qui/PRON vend/VERB:Fin chez/ADP [X:Company]"
    )
    found = [words(parsed, phrase) for phrase in complements(parsed, place(parsed, "passe"))]
    assert found == ["Y", "Z"]


def test_a_verb_group_holds_auxiliaries_governors_negation_and_pronouns() -> None:
    parsed = tagged("[Z:Company] ne/ADV veut/VERB:Fin plus/ADV l'/PRON embaucher/VERB:Inf")
    group = group_of(parsed, "embaucher")
    assert [parsed.tokens[link.index].text for link in group.governors] == ["veut"]
    assert (group.negation, [parsed.tokens[i].text for i in group.objects]) == ("no_longer", ["l'"])
    parsed = tagged("[A:Person] a/AUX:Fin été/AUX:Part recrutée/VERB:Part par/ADP [Z:Company]")
    group = group_of(parsed, "recrutée")
    assert [parsed.tokens[i].text for i in group.auxiliaries] == ["été", "a"]
    assert group.passive_auxiliary


def test_a_reflexive_pronoun_belongs_to_its_own_verb() -> None:
    parsed = tagged("[A:Company] s'/PRON allie/VERB:Fin à/ADP [B:Company]")
    assert group_of(parsed, "allie").reflexive
    parsed = tagged("[A:Company] s'/PRON apprête/VERB:Fin à/ADP embaucher/VERB:Inf [B:Person]")
    assert not group_of(parsed, "embaucher").reflexive


def test_an_infinitive_of_purpose_hangs_on_another_clause() -> None:
    parsed = tagged(
        "[A:Person] quitte/VERB:Fin [Y:Company] pour/ADP rejoindre/VERB:Inf [Z:Company]"
    )
    assert group_of(parsed, "rejoindre").adjunct == "pour"
    assert group_of(parsed, "quitte").adjunct is None


@pytest.mark.parametrize(
    ("written", "verb", "bare"),
    [
        ("Racheté/VERB:Part par/ADP [Z:Company] , [Y:Company] recule/VERB:Fin", "Racheté", True),
        ("[Y:Company] a/AUX:Fin racheté/VERB:Part [Z:Company]", "racheté", False),
        ("[A:Person] rejoint/VERB:Part [Z:Company]", "rejoint", False),
    ],
)
def test_a_participle_without_auxiliary_is_told_from_a_present(
    written: str, verb: str, bare: bool
) -> None:
    parsed = tagged(written)
    assert is_bare_participle(parsed, group_of(parsed, verb)) is bare


@pytest.mark.parametrize(
    ("written", "verb", "past"),
    [
        ("[A:Person] dirige/VERB:Fin [Z:Company]", "dirige", False),
        ("[A:Person] dirigeait/VERB:Fin [Z:Company]", "dirigeait", True),
        ("[A:Person] a/AUX:Fin dirigé/VERB:Part [Z:Company]", "dirigé", True),
        ("[Z:Company] est/AUX:Fin dirigé/VERB:Part par/ADP [A:Person]", "dirigé", False),
        ("[Z:Company] était/AUX:Fin dirigé/VERB:Part par/ADP [A:Person]", "dirigé", True),
        ("[A:Person] dirigera/VERB:Fin [Z:Company]", "dirigera", False),
        ("[A:Person] aurait/AUX:Fin dirigé/VERB:Part [Z:Company]", "dirigé", False),
    ],
)
def test_a_state_in_the_past_is_over(written: str, verb: str, past: bool) -> None:
    parsed = tagged(written)
    assert is_past(parsed, group_of(parsed, verb)) is past


@pytest.mark.parametrize(
    ("written", "verb", "supposed"),
    [
        ("Si/SCONJ [A:Person] quittait/VERB:Fin [Z:Company]", "quittait", True),
        ("S'/SCONJ il/PRON quittait/VERB:Fin [Z:Company]", "quittait", True),
        ("Quand/SCONJ [A:Person] quittait/VERB:Fin [Z:Company]", "quittait", False),
        (
            "Si/SCONJ tout/PRON va/VERB:Fin ; [A:Person] quitte/VERB:Fin [Z:Company]",
            "quitte",
            False,
        ),
    ],
)
def test_a_condition_is_no_statement(written: str, verb: str, supposed: bool) -> None:
    parsed = tagged(written)
    assert is_hypothetical(parsed, group_of(parsed, verb)) is supposed


def test_a_clause_lies_between_strong_stops() -> None:
    parsed = tagged("[A:Person] part/VERB:Fin ; [B:Person] , lui/PRON , reste/VERB:Fin : fin/NOUN")
    start, end = clause_bounds(parsed, place(parsed, "reste"))
    assert parsed.text(start, end) == "B , lui , reste"
