"""The language of a body is told from the body."""

from __future__ import annotations

import pytest

from parsers.language import language_of
from parsers.read import read_document

SAMPLES = {
    "en": "The states that are members of the group met in the capital and agreed on the changes to the list.",
    "fr": "Les États membres du groupe se sont réunis dans la capitale et ont adopté les changements de la liste.",
    "de": "Die Staaten der Gruppe haben sich in der Hauptstadt getroffen und die Änderungen der Liste beschlossen.",
    "es": "Los Estados que son miembros del grupo se reunieron en la capital y acordaron los cambios de la lista.",
    "ru": "Государства, которые входят в группу, собрались в столице и согласились на изменения в списке.",
    "pt": "Os Estados que são membros do grupo reuniram-se na capital e não mudaram as regras da lista.",
    "it": "Gli Stati che sono membri del gruppo si sono riuniti nella capitale e hanno deciso della lista.",
    "nl": "De staten van de groep zijn in de hoofdstad bij elkaar gekomen en hebben het over de lijst gehad.",
    "pl": "Państwa, które należą do grupy, spotkały się w stolicy i zgodziły się na zmiany w liście oraz na datę.",
    "cs": "Státy, které jsou ve skupině, se sešly v hlavním městě a dohodly se na změnách v seznamu, který byl nový.",
    "ar": "اجتمعت الدول الأعضاء في المجموعة في العاصمة واتفقت على تغييرات القائمة",
    "zh": "集团成员国在首都举行会议并就清单的修改达成一致",
    "ko": "그룹 회원국들은 수도에서 만나 목록의 변경에 합의했다",
    "ja": "グループの参加国は首都で会合を開き、リストの変更に合意した",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert language_of(SAMPLES[language]) == language


def test_too_little_text_tells_nothing() -> None:
    assert language_of("Oslo 2014") is None
    assert language_of("") is None
    assert language_of("1540 1874 1929") is None


def test_an_english_body_at_a_german_address_is_english() -> None:
    page = f"<html lang='de'><body><p>{SAMPLES['en']}</p></body></html>"
    assert read_document(page.encode(), url="https://example.org/de/plenum").language == "en"
