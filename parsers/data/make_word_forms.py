"""Make ``word_forms.json``: the inflected forms of the words that the rules name, by language.

Run it when a rule gains a word: ``pip install simplemma && python -m parsers.data.make_word_forms``. What simplemma
does not know stands in ``word_forms.yaml``. Its dictionaries differ from release to release: a form that the table
holds stays as long as a rule names its word. Nothing of it is needed to read a page.
"""

from __future__ import annotations

import json
from pathlib import Path

from ruamel.yaml import YAML
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from parsers.arabic import PREFIXES
from parsers.relate.rules import rules_of

HERE = Path(__file__).parent
# Every file of rules that states relations.
FIELDS = tuple(
    sorted(path.stem for path in (HERE.parent / "rules").glob("*.yaml") if "\nrelations:" in path.read_text("utf-8"))
)


def main() -> None:
    """Write the table."""
    irregular = YAML(typ="safe").load((HERE / "word_forms.yaml").read_text("utf-8"))
    known = json.loads((HERE / "word_forms.json").read_text("utf-8"))
    wanted: dict[str, set[str]] = {}
    for field in FIELDS:
        for language, words in rules_of(field).lemmas().items():
            wanted.setdefault(language, set()).update(words)
    table: dict[str, dict[str, list[str]]] = {}
    factory = DefaultDictionaryFactory(cache_max_size=1)
    for language, words in sorted(wanted.items()):
        if language == "ar":
            table[language] = _arabic(words, irregular[language])
            continue
        kept = {form: words.intersection(lemmas) for form, lemmas in known.get(language, {}).items()}
        forms: dict[str, set[str]] = {form: lemmas for form, lemmas in kept.items() if lemmas}
        for form, lemma in factory.get_dictionary(language).items():
            said, word = _text(form).lower(), _text(lemma).lower()
            if word in words and said != word:
                forms.setdefault(said, set()).add(word)
        for word, listed in (irregular.get(language) or {}).items():
            for form in listed.split():
                forms.setdefault(form, set()).add(word)
        table[language] = {form: sorted(forms[form]) for form in sorted(forms)}
    # A line a language.
    rows = (f"{json.dumps(key)}: {json.dumps(forms, ensure_ascii=False)}" for key, forms in table.items())
    (HERE / "word_forms.json").write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


def _arabic(words: set[str], irregular: dict[str, str]) -> dict[str, list[str]]:
    """The forms of Arabic words: those of ``word_forms.yaml``, and each with the prefixes that are written onto it."""
    forms: dict[str, set[str]] = {}
    for word in words:
        for form in (word, *irregular.get(word, "").split()):
            for prefix in ("", *PREFIXES):
                said = prefix + form.removeprefix("ال") if prefix.endswith(("ال", "لل")) else prefix + form
                if said != word:
                    forms.setdefault(said, set()).add(word)
    return {form: sorted(forms[form]) for form in sorted(forms)}


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


if __name__ == "__main__":
    main()
