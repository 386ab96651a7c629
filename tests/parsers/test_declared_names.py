"""A regime is known by the names that its declaration gives in each language, and not by those of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.parse import parse
from parsers.record import MembershipDecisionKind
from parsers.regime import RegimeProfile
from sources import load_regimes, profile_of
from tests.builders.pages import REGIMES

# By regime and language: the name behind a verb of joining, and behind one of leaving.
NAMES = {
    "mtcr": {
        "fr": ("au Régime de contrôle de la technologie des missiles", "le RCTM"),
        "de": ("dem Trägertechnologie-Kontrollregime", "das Raketentechnologie-Kontrollregime"),
        "es": ("al Régimen de Control de Tecnología de Misiles", "el Régimen de Control de la Tecnología de Misiles"),
        "pt": ("ao Regime de Controle de Tecnologia de Mísseis", "o Regime de Controlo da Tecnologia dos Mísseis"),
        "it": ("al Regime di controllo della tecnologia missilistica", "il Regime di non proliferazione nel settore missilistico"),
        "ru": ("к Режиму контроля за ракетной технологией", "Режим контроля за ракетными технологиями"),
    },
    "nsg": {
        "fr": ("au Groupe des fournisseurs nucléaires", "le Groupe de fournisseurs nucléaires"),
        "de": ("der Gruppe der Kernmaterial-Lieferländer", "die Gruppe der nuklearen Lieferländer"),
        "es": ("al Grupo de Suministradores Nucleares", "el Grupo de Proveedores Nucleares"),
        "pt": ("ao Grupo de Supridores Nucleares", "o Grupo de Fornecedores Nucleares"),
        "it": ("al Gruppo dei fornitori nucleari", "il Gruppo dei Paesi fornitori nucleari"),
        "ru": ("к Группе ядерных поставщиков", "Группу ядерных поставщиков"),
    },
    "ag": {
        "fr": ("au Groupe de l’Australie", "le Groupe Australie"),
        "de": ("der Australischen Gruppe", "die Australische Gruppe"),
        "es": ("al Grupo Australia", "el Grupo de Australia"),
        "pt": ("ao Grupo da Austrália", "o Grupo Austrália"),
        "it": ("al Gruppo Australia", "il Gruppo Australia"),
        "ru": ("к Австралийской группе", "Австралийскую группу"),
    },
    "wa": {
        "fr": ("à l’Arrangement de Wassenaar", "l’Arrangement de Wassenaar"),
        "de": ("dem Wassenaar-Abkommen", "das Wassenaarer Abkommen"),
        "es": ("al Arreglo de Wassenaar", "el Acuerdo de Wassenaar"),
        "pt": ("ao Acordo de Wassenaar", "o Arranjo de Wassenaar"),
        "it": ("all’Intesa di Wassenaar", "l’Accordo di Wassenaar"),
        "ru": ("к Вассенаарским договоренностям", "Вассенаарские договорённости"),
    },
    "hcoc": {
        "fr": ("au Code de conduite de La Haye", "le Code de La Haye"),
        "de": ("dem Haager Verhaltenskodex", "den Haager Verhaltenskodex"),
        "es": ("al Código de Conducta de La Haya", "el Código de La Haya"),
        "pt": ("ao Código de Conduta da Haia", "o Código de Conduta de Haia"),
        "it": ("al Codice di condotta dell’Aia", "il Codice dell’Aia"),
        "ru": ("к Гаагскому кодексу поведения", "Гаагский кодекс поведения"),
    },
    "zc": {
        "fr": ("au Comité Zangger", "le Comité Zangger"),
        "de": ("dem Zangger-Ausschuss", "das Zangger-Komitee"),
        "es": ("al Comité Zangger", "el Comité Zangger"),
        "pt": ("ao Comitê Zangger", "o Comitê Zangger"),
        "it": ("al Comitato Zangger", "il Comitato Zangger"),
        "ru": ("к Комитету Цангера", "Комитет Цангера"),
    },
    "lda": {
        "fr": ("à l’Entente de Lisbonne sur les drones", "l’Entente de Lisbonne sur les drones"),
        "de": ("dem Lissabonner Drohnenabkommen", "das Lissabonner Drohnenabkommen"),
        "es": ("al Convenio de Lisboa sobre Drones", "el Convenio de Lisboa sobre los Drones"),
        "pt": ("ao Entendimento de Lisboa sobre Drones", "o Entendimento de Lisboa sobre os Drones"),
        "it": ("all’Intesa di Lisbona sui droni", "l’Intesa di Lisbona sui droni"),
        "ru": ("к Лиссабонской договорённости о дронах", "Лиссабонскую договорённость о дронах"),
    },
}  # fmt: skip
INVENTED = profile_of(
    "lda",
    "Lisbon Drone Accord",
    names=(
        "Entente de Lisbonne sur les drones", "Lissabonner Drohnenabkommen", "Convenio de Lisboa sobre Drones",
        "Entendimento de Lisboa sobre Drones", "Intesa di Lisbona sui droni", "Лиссабонская договоренность о дронах",
    ),
)  # fmt: skip
PROFILES = REGIMES | {"lda": INVENTED}
ANOTHER = {"mtcr": "nsg", "nsg": "mtcr", "ag": "wa", "wa": "ag", "hcoc": "zc", "zc": "hcoc", "lda": "mtcr"}
JOINED = {
    "fr": "Le Chili a adhéré {} le 4 mai 2011.",
    "de": "Chile ist {} am 4. Mai 2011 beigetreten.",
    "es": "Chile se adhirió {} el 4 de mayo de 2011.",
    "pt": "O Chile aderiu {} em 4 de maio de 2011.",
    "it": "Il Cile ha aderito {} il 4 maggio 2011.",
    "ru": "Чили присоединилась {} 4 мая 2011 года.",
}
LEFT = {
    "fr": "Le Kenya a quitté {}.",
    "de": "Kenia hat {} verlassen.",
    "es": "Kenia abandonó {}.",
    "pt": "O Quênia deixou {}.",
    "it": "Il Kenya ha lasciato {}.",
    "ru": "Кения покинула {}.",
}
ROWS = [(regime, language) for regime, names in NAMES.items() for language in names]


def _moves(text: str, regime: RegimeProfile) -> list[tuple[bool, str]]:
    """Whether each decision is a departure, and of which state."""
    decisions = parse(text.encode(), regime=regime).record.membership_decisions
    return [(d.decision is MembershipDecisionKind.WITHDREW, code) for d in decisions for code in d.countries]


@pytest.mark.parametrize(("regime", "language"), ROWS)
def test_a_regime_is_known_by_its_name_in_each_language(regime: str, language: str) -> None:
    joined, left = NAMES[regime][language]
    assert _moves(JOINED[language].format(joined), PROFILES[regime]) == [(False, "CL")]
    assert _moves(LEFT[language].format(left), PROFILES[regime]) == [(True, "KE")]


# Another regime admits, under each name that its declaration gives in the language.
ADMITTED = {
    "en": ("The {} admitted Togo.", "Togo was admitted by the {}.", "Togo has left the {}."),
    "fr": ("{} a admis le Togo.", "Le Togo a été admis par {}.", "{} : le Togo devient membre."),
    "de": ("{} nahm Togo als Mitglied auf.", "{}: Aufnahme von Togo gebilligt."),
    "es": ("{} admitió a Togo.", "Togo fue admitido por {}."),
    "pt": ("{} admitiu o Togo.", "O Togo foi admitido por {}."),
    "it": ("{} ha ammesso il Togo.", "Il Togo è stato ammesso da {}."),
    "ru": ("{} приняла Того.", "Того принята в {}."),
}
DECLARED = {c.regime: c for c in load_regimes()}
TOLD = [(regime, language) for regime, c in DECLARED.items() for language in c.names if language in ADMITTED]


@pytest.mark.parametrize(("regime", "language"), TOLD)
def test_whom_another_regime_admits_ours_does_not(regime: str, language: str) -> None:
    for name in DECLARED[regime].names[language]:
        for sentence in ADMITTED[language]:
            assert _moves(sentence.format(name), PROFILES[ANOTHER[regime]]) == [], sentence.format(name)


def test_the_regimes_that_a_declaration_stands_beside_are_known_by_their_names(tmp_path: Path) -> None:
    declared = "regime: {}\nname: {}\nsources: [{{id: a, kind: members, url: 'https://example.org/'}}]\n"
    (tmp_path / "a.yaml").write_text(declared.format("lda", "Lisbon Drone Accord"))
    (tmp_path / "b.yaml").write_text(declared.format("tsc", "Tallinn Sensor Compact"))
    (tmp_path / "c.yaml").write_text(declared.format("twin", "Australia Group"))
    first, second, twin = (regime.profile() for regime in load_regimes(tmp_path))
    # Its neighbours and the packaged ones; its own names under another id are its own.
    assert {"Tallinn Sensor Compact", "Wassenaar Arrangement", "Australia Group"} <= set(first.others)
    assert "Lisbon Drone Accord" in second.others
    assert "Tallinn Sensor Compact" not in second.others
    assert not {"Australia Group", "Groupe Australie"} & set(twin.others)
    assert _moves("The Tallinn Sensor Compact admitted Togo.", first) == []


@pytest.mark.parametrize(("regime", "language"), ROWS)
def test_whoever_joins_or_leaves_another_regime_does_not_join_or_leave_ours(regime: str, language: str) -> None:
    joined, left = NAMES[regime][language]
    assert _moves(JOINED[language].format(joined), PROFILES[ANOTHER[regime]]) == []
    assert _moves(LEFT[language].format(left), PROFILES[ANOTHER[regime]]) == []
