"""A label judges what it holds and nothing else; every disagreement is shown."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from parsers.evaluate import Case, Evaluation, Score, score
from parsers.record import Concern, Evidence, Kind, Member, Officer, OfficerRole, Plenary, Record, Resolution


def a_record(**values: object) -> Record:
    return msgspec.structs.replace(Record(regime="mtcr", kind=Kind.STATEMENT), **values)


def judged(label: dict[str, object], **values: object) -> Evaluation:
    return score([Case("page", a_record(**values), {"regime": "mtcr", **label})])


def test_a_field_that_the_label_leaves_out_is_not_judged() -> None:
    result = judged({"member_count": 34}, member_count=34, topics=("brokering",), language="en")
    assert list(result.fields) == ["member_count"]
    assert result.overall.f1 == 1.0


def test_each_part_of_a_plenary_is_judged_for_itself() -> None:
    label: dict[str, object] = {"plenary": {"ordinal": 25, "city": "Paris", "start": None}}
    result = judged(label, plenary=Plenary(ordinal=25, city="Oslo", country="NO"))
    assert list(result.fields) == ["plenary.city", "plenary.ordinal", "plenary.start"]
    (miss,) = result.misses
    assert (miss.field, miss.expected, miss.got) == ("plenary.city", "Paris", "Oslo")


def test_a_city_is_right_under_each_of_its_names() -> None:
    assert judged({"plenary": {"city": "Gothenburg"}}, plenary=Plenary(city="Göteborg")).overall.right == 1
    assert judged({"plenary": {"city": "Gothenburg"}}, plenary=Plenary(city="Oslo")).overall.wrong == 1
    assert judged({"title": "one"}, title="two").overall.wrong == 1


def test_null_says_that_the_page_states_none() -> None:
    assert judged({"member_count": None}, member_count=34).misses[0].got == 34
    assert judged({"next_plenary": None}, next_plenary=Plenary(ordinal=26)).misses[0].field == "next_plenary.ordinal"


def test_a_value_with_fewer_keys_is_met_on_these() -> None:
    resolutions = (Resolution(1540, 2004, "S/RES/1540 (2004)"), Resolution(1718, 2006))
    result = judged({"resolutions": [{"number": 1540}]}, resolutions=resolutions)
    assert (result.overall.right, result.overall.wrong, result.overall.missed) == (1, 1, 0)
    assert result.overall.precision == 0.5
    assert result.overall.recall == 1.0
    assert round(result.overall.f1, 4) == 0.6667


def test_the_more_special_label_chooses_first() -> None:
    officers = (Officer(OfficerRole.CHAIR, country="NL"), Officer(OfficerRole.CHAIR, country="LU"))
    result = judged({"officers": [{"role": "chair"}, {"role": "chair", "country": "NL"}]}, officers=officers)
    assert result.misses == ()


def test_the_order_of_a_list_does_not_matter() -> None:
    members = (Member("FR", "France"), Member("AT", "Austria"))
    assert judged({"members": [{"country": "AT"}, {"country": "FR"}]}, members=members).misses == ()


def test_regions_are_judged_only_where_the_label_names_one() -> None:
    concerns = (Concern(country="IR"), Concern(region="Middle East"))
    assert judged({"concerns": [{"country": "IR"}]}, concerns=concerns).misses == ()
    named = judged({"concerns": [{"country": "IR"}, {"region": "South Asia"}]}, concerns=concerns)
    assert [m.expected or m.got for m in named.misses] == [{"region": "South Asia"}, {"region": "Middle East"}]


def test_a_miss_shows_the_words_the_record_rests_on() -> None:
    evidence = {"/member_count": (Evidence(0, 0, 10, "34 members"),)}
    (miss,) = judged({"member_count": 35}, member_count=34, evidence=evidence).misses
    assert miss.quotes == ("34 members",)


def test_a_page_without_a_record_misses_everything() -> None:
    result = score([Case("scan", None, {"regime": "nsg", "member_count": 48, "topics": []})])
    assert result.regimes["nsg"] == Score(1.0, 0.0, 0.0, 0, 0, 1)


def test_regimes_and_fields_add_up_to_the_whole() -> None:
    cases = [
        Case("a", a_record(member_count=34), {"regime": "mtcr", "member_count": 34}),
        Case("b", a_record(member_count=47, language="en"), {"regime": "nsg", "member_count": 48, "language": "en"}),
    ]
    result = score(cases)
    assert (result.overall.right, result.overall.wrong, result.overall.missed) == (2, 1, 1)
    assert {name: s.right for name, s in result.regimes.items()} == {"mtcr": 1, "nsg": 1}
    assert {name: s.right for name, s in result.fields.items()} == {"language": 1, "member_count": 1}


def test_a_complete_label_judges_what_it_leaves_out_as_not_stated() -> None:
    values: dict[str, object] = {
        "member_count": 34,
        "topics": ("brokering",),
        "concerns": (Concern(region="Middle East"),),
        "plenary": Plenary(ordinal=25, city="Paris"),
        "next_plenary": Plenary(city="Oslo"),
    }
    label: dict[str, object] = {"kind": "statement", "member_count": 34, "plenary": {"ordinal": 25}}
    assert judged(label, **values).wrong == ()
    complete = judged({**label, "complete": True}, **values)
    assert {(miss.field, miss.expected) for miss in complete.wrong} == {
        ("plenary.city", None),
        ("next_plenary.city", None),
        ("concerns", None),
        ("topics", None),
    }
    assert (complete.overall.right, complete.overall.wrong, complete.overall.missed) == (3, 4, 0)


def test_a_complete_label_may_leave_fields_unjudged() -> None:
    label: dict[str, object] = {"complete": True, "not_judged": ["topics", "plenary"], "kind": "statement"}
    assert judged(label, topics=("brokering",), plenary=Plenary(ordinal=25)).wrong == ()
    assert [miss.field for miss in judged(label, language="en").wrong] == ["language"]
    assert [miss.field for miss in judged({**label, "topics": []}, topics=("brokering",)).wrong] == ["topics"]


def test_complete_means_true_and_nothing_else() -> None:
    assert judged({"complete": "yes", "member_count": 34}, member_count=34, topics=("brokering",)).wrong == ()


def test_wrong_values_stand_apart_from_misses() -> None:
    result = judged({"member_count": 35, "topics": [], "language": "en"}, member_count=34, topics=("brokering",))
    assert [(miss.field, miss.got) for miss in result.wrong] == [("member_count", 34), ("topics", "brokering")]
    assert [miss.field for miss in result.misses if miss.got is None] == ["language"]


def test_lists_of_members_can_be_left_out_of_the_figure() -> None:
    members = tuple(Member(code, code) for code in ("AT", "FR", "DE"))
    result = judged({"members": [{"country": c} for c in ("AT", "FR", "DE")], "member_count": 3}, members=members)
    assert (result.overall.right, result.overall.missed) == (3, 1)
    assert (result.without_members.right, result.without_members.missed) == (0, 1)


def test_its_json_has_the_shape_that_the_command_prints() -> None:
    printed = msgspec.json.decode(msgspec.json.encode(judged({"member_count": 34}, member_count=34)))
    assert {"wrong", "overall", "without_members", "fields", "regimes", "misses"} <= set(printed)
    assert {"precision", "recall", "f1"} <= set(printed["overall"])


def test_nothing_judged_is_nothing_wrong() -> None:
    assert score([]).overall.f1 == 1.0


@given(st.lists(st.sampled_from(["AT", "FR", "DE", "JP", "NO"]), unique=True))
def test_a_record_agrees_with_itself_as_label(codes: list[str]) -> None:
    record = a_record(members=tuple(Member(code, code) for code in codes), member_count=len(codes))
    assert score([Case("page", record, msgspec.to_builtins(record))]).overall.f1 == 1.0
