"""Whether an answer is the page, or only stands in its place."""

from __future__ import annotations

import pytest

from fetchers.verdict import Kind, Verdict, classify, classify_build, classify_redirect, ends_early

BAD: list[tuple[Kind, str | None, str]] = [
    (Kind.BLOCKED, "Just a moment...", "Enable JavaScript and cookies to continue"),
    (Kind.BLOCKED, "Attention Required!", "Sorry, you have been blocked from this site."),
    (Kind.BLOCKED, "Access Denied", "You don't have permission to access this server. Reference #18.2f1a"),
    (Kind.BLOCKED, "Request Rejected", "The requested URL was rejected. Your support ID is: 771"),
    (Kind.BLOCKED, "Security check", "One more step before the site opens for you"),
    (Kind.BLOCKED, None, "Checking your browser before the site opens. This takes a few seconds."),
    (Kind.BLOCKED, None, "Please verify that you are human to go on to the site."),
    (Kind.BLOCKED, None, "Our systems have seen unusual traffic from your network."),
    (Kind.BLOCKED, "403 Forbidden", "The nginx server says no to this."),
    (Kind.BLOCKED, None, "Press and hold the button until it is full"),
    (Kind.SOFT_404, "Page not found", "Try the search or go to the front page of the ministry."),
    (Kind.SOFT_404, "404 - Ministry", "Go to the front page of the ministry instead."),
    (Kind.SOFT_404, "Seite nicht gefunden", "Bitte gehen Sie zur Startseite des Amtes."),
    (Kind.SOFT_404, "Page introuvable", "Retournez à la page d'accueil du ministère."),
    (Kind.SOFT_404, "Ministry", "The page you are looking for could not be found."),
    (Kind.SOFT_404, "Ministry", "The document you requested is no longer available on this site."),
    (Kind.SOFT_404, "Oops", "Something is not here any more, sorry."),
    (Kind.MAINTENANCE, "Site maintenance", "Come again tomorrow morning, please."),
    (Kind.MAINTENANCE, "Ministry", "We are undergoing scheduled maintenance until noon."),
    (Kind.MAINTENANCE, "Ministry", "Error establishing a database connection"),
    (Kind.MAINTENANCE, "Ministry", "The service is temporarily unavailable, try again later."),
    (Kind.MAINTENANCE, None, "Internal Server Error: the server met a condition it did not expect"),
    (Kind.LOGIN, "Log in", "User name Password Remember me on this computer"),
    (Kind.LOGIN, "Sign in - Portal", "Use your ministry account to go on here."),
    (Kind.LOGIN, "Portal", "Please log in to continue to the documents of the portal."),
    (Kind.LOGIN, "Portal", "Your session has expired. Forgot your password?"),
    (Kind.NEEDS_SCRIPT, "Ministry", "You need to enable JavaScript to run this app."),
    (Kind.NEEDS_SCRIPT, "Ministry", "This site requires JavaScript to show its contents."),
    (Kind.COOKIE_WALL, "Ministry", "Before you continue, choose what we may store about you."),
    (Kind.COOKIE_WALL, "Ministry", "Please accept all cookies to continue to the site of the ministry."),
    (Kind.PARKED, "mtcr.example", "This domain is for sale. Make an offer today and it is yours."),
    (Kind.PARKED, "mtcr.example", "Buy this domain. Related searches: rockets, travel, insurance"),
    (Kind.EMPTY, "Ministry", ""),
    (Kind.EMPTY, None, " \n "),
    (Kind.EMPTY, "Ministry", "Home"),
]  # fmt: skip
LONG = " ".join(
    f"In paragraph {i} the partners spoke of transfers, of dual use goods and of visits to other states."
    for i in range(20)
)
GOOD: list[tuple[str | None, str]] = [
    ("Plenary Meeting, Rio de Janeiro", "The partners met in plenary from 9 to 13 November 2009."),
    ("News", "The Missile Technology Control Regime held its plenary in Bern."),
    (None, "Nuclear Suppliers Group: participating governments met in Tallinn."),
    ("Members", "Argentina Australia Austria Belgium Brazil Bulgaria Canada"),
    ("Statement", "The Chair visited Singapore and spoke with officials there."),
    ("Public statement", "Participants in the Australia Group agreed to add four precursors to the control list."),
    ("Statement by the Chair", "The regime welcomes its new partner and thanks the host for its work."),
    ("Zangger Committee", "The Committee met in Vienna and heard a report of its secretary."),
    ("Plenary 2015", "The plenary spoke of access to technology that is denied to terrorists, and of its limits."),
    ("Plenary 2016", "Partners agreed that export controls must not be blocked; member states of the plenary spoke of brokering."),
    ("Report", f"{LONG} Maintenance of the control list was discussed."),
    ("Report", f"{LONG} Access denied to such goods remains the aim."),
    ("Report", f"{LONG} No consensus was found on the page limits."),
    ("Report", f"{LONG} Please log in to view the annex."),
    ("Report", f"{LONG} We value your privacy and set a few cookies."),
    ("Report", f"{LONG} Your browser does not support video."),
    ("Report", f"{LONG} This page was not found to be wrong."),
    ("Report", f"{LONG} The domain owner keeps a contact page."),
    ("Maintenance of export controls", LONG),
    ("Partners", "Welcome to the list of partners: Norway, Poland, Portugal, Spain, Sweden."),
    ("Kommuniqué", "Die Teilnehmer trafen sich im Oktober zu ihrer Vollversammlung in Bern."),
    ("Communiqué", "Les participants se sont réunis à Paris au mois de juin dernier."),
    ("Comunicado", "Los participantes se reunieron en Buenos Aires en abril de 2011."),
    ("Заявление", "Участники провели пленарное заседание в Москве в октябре."),
    ("Declaração", "Os participantes reuniram-se no Rio de Janeiro em novembro."),
    ("Hague Code of Conduct", "Subscribing States held their annual regular meeting in Vienna."),
    ("Wassenaar Arrangement", "The Wassenaar Arrangement plenary closed today; Participating States spoke of drones."),
    ("Press release", "India joins as a member after an exchange of letters with the point of contact."),
    ("Next plenary", "The next meeting will be held in Seoul during the autumn of next year."),
    (None, "The 25th meeting was opened by the Minister in Buenos Aires."),
    ("Chair's visit", "The chair and his team went to Islamabad for a day of technical talks."),
]  # fmt: skip


def test_there_are_enough_shapes_of_both_sorts() -> None:
    assert (len(BAD) >= 30, len(GOOD) >= 30) == (True, True)


@pytest.mark.parametrize(("kind", "title", "text"), BAD)
def test_what_only_stands_in_the_pages_place_is_named(kind: Kind, title: str | None, text: str) -> None:
    verdict = classify(status=200, title=title, text=text)
    assert (verdict.kind, verdict.good) == (kind, False)
    assert verdict.reason


@pytest.mark.parametrize(("title", "text"), GOOD)
def test_a_page_is_good_whatever_words_it_uses(title: str | None, text: str) -> None:
    verdict = classify(status=200, title=title, text=text)
    assert verdict.good, verdict


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500, 503])
def test_a_status_speaks_before_any_word(status: int) -> None:
    assert classify(status=status, title="Plenary", text=LONG).kind is Kind.HTTP_STATUS


def test_a_page_that_shares_nothing_with_what_it_said_before_is_not_believed() -> None:
    verdict = classify(status=200, title="Home", text="Our summer garden festival begins soon", previous_text=LONG)
    assert verdict.kind is Kind.WRONG_DOCUMENT


def test_a_page_that_grew_shorter_but_says_the_same_is_believed() -> None:
    text = "The partners spoke of transfers and of dual use goods."
    assert classify(status=200, title="Statement", text=text, previous_text=LONG).good


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.EMPTY),
        ("Home Contact", Kind.EMPTY),
        ("It met today", Kind.GOOD),
        ("a" * 19 + " " + "b" * 19, Kind.EMPTY),
        ("a" * 20 + " " + "b" * 19, Kind.GOOD),
    ],
)
def test_a_page_without_words_has_fewer_than_three_and_is_short(text: str, kind: Kind) -> None:
    assert classify(status=200, title=None, text=text).kind is kind


def test_a_first_line_is_a_heading_where_another_follows() -> None:
    assert (
        classify(status=200, title=None, text="Page not found\nSee the front page of the ministry").kind
        is Kind.SOFT_404
    )
    assert classify(status=200, title=None, text="Maintenance of lists is a task of the partners").kind is Kind.GOOD


def test_a_long_page_may_use_any_words() -> None:
    says = "The page you are looking for could not be found. "
    assert classify(status=200, title="Page not found", text=says + "a" * (1499 - len(says))).kind is Kind.SOFT_404
    assert classify(status=200, title="Page not found", text=says + "a" * (1500 - len(says))).kind is Kind.GOOD


@pytest.mark.parametrize(
    ("body", "text", "kind"),
    [
        (b"<html><script>go()</script></html>", "", Kind.NEEDS_SCRIPT),
        (b"<html><SCRIPT>go()</SCRIPT></html>", "", Kind.NEEDS_SCRIPT),
        (b"<html><script>go()</script>x</html>", "x", Kind.GOOD),
        (b"<html></html>", "", Kind.GOOD),
        (b"<main> <p>&nbsp;</p></main>", "Menu", Kind.NEEDS_SCRIPT),
        (b"<main><style>p{}</style></main><main class='x'><p></p></main>", "Menu", Kind.NEEDS_SCRIPT),
        (b"<main></main><main>It met.</main>", "It met.", Kind.GOOD),
        (b"<main></main>", "a" * 159, Kind.NEEDS_SCRIPT),
        (b"<main></main>", "a" * 160, Kind.GOOD),
    ],
)
def test_the_build_of_a_page_with_next_to_no_text_tells_that_it_needs_a_script(
    body: bytes, text: str, kind: Kind
) -> None:
    assert classify_build(body, {}, text=text).kind is kind


def test_a_page_is_taken_to_have_no_text_where_none_is_given() -> None:
    found = classify_build(b"<html><script>go()</script></html>", {})
    assert (found.kind, found.reason) == (Kind.NEEDS_SCRIPT, "it holds scripts and no text")


@pytest.mark.parametrize(
    ("headers", "good"),
    [
        ({"cf-mitigated": "Challenge"}, False),
        ({"cf-mitigated": "none"}, True),
        ({"x-amzn-waf-action": "captcha"}, False),
        ({"server": "challenge"}, True),
    ],
)
def test_a_firewall_says_itself_by_a_header_whatever_the_page_says(headers: dict[str, str], good: bool) -> None:
    found = classify_build(b"<p>The plenary met.</p>", headers, text="The plenary met. " * 50)
    assert found.good is good
    assert good or (found.kind is Kind.BLOCKED and str(next(iter(headers))) in found.reason)


@pytest.mark.parametrize(
    ("body", "early"),
    [
        (b"<html><p>It", True),
        (b"<html><p>It met.</HTML>\n", False),
        ("<html></html>".encode("utf-16"), False),
        (b"<html></html>" + b" " * (8192 - len(b"</html>")), False),
        (b"<html></html>" + b" " * (8193 - len(b"</html")), True),
    ],
)
def test_a_page_ends_early_that_had_an_end_before(body: bytes, early: bool) -> None:
    assert ends_early(body, b"<html></html>") is early
    assert not ends_early(body, b"<html><p>It never had one")


def test_a_page_that_leads_to_a_front_page_says_which() -> None:
    found = classify_redirect("https://a.example/press/25", "https://b.example/en/")
    assert (found.kind, found.reason) == (Kind.WRONG_DOCUMENT, "it leads to the front page https://b.example/en/")
    assert classify_redirect("https://a.example/", "https://b.example/").good


def test_each_kind_of_answer_is_kept_under_its_own_name() -> None:
    # They stand in databases and in rules for alerts.
    assert {kind.value for kind in Kind} == {
        "good", "blocked", "soft_404", "maintenance", "login", "needs_script", "cookie_wall", "parked", "empty", "http_status",
        "truncated", "wrong_document", "too_large", "unreadable", "unread",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("  Page not found " + "x" * 60, "Go on from here.", f"its title is {('Page not found ' + 'x' * 60)[:60]!r}"),
        (None, "Access Denied\nSee the front page", "its title is 'Access Denied'"),
        ("Ministry", "Please see: Checking your browser now.", "it says 'Checking your browser'"),
        ("Ministry", "Security forces say permission denied.", "it says 'permission denied'"),
        ("Ministry", "", "the page has no words"),
    ],
)
def test_a_sign_is_told_by_its_words(title: str | None, text: str, reason: str) -> None:
    assert classify(status=None, title=title, text=text).reason == reason


def test_a_status_and_a_page_of_another_matter_are_told_by_what_they_are() -> None:
    assert classify(status=404, title=None, text="").reason == "answered 404"
    other = classify(status=200, title=None, text="A garden festival begins", previous_text=LONG)
    assert other.reason == "it shares next to nothing with what the address said before"
    assert Verdict(Kind.GOOD).reason == ""


def test_a_page_is_held_against_what_was_said_before_where_that_was_enough() -> None:
    text = "Garden festival begins soon"
    assert classify(status=200, title=None, text=text, previous_text="a" * 199).good
    assert not classify(status=200, title=None, text=text, previous_text="a" * 200).good
    assert classify(status=200, title=None, text=f"{text}: plenary", previous_text=LONG).good


@pytest.mark.parametrize(("shared", "good"), [(2, False), (3, True)])
def test_a_page_that_shares_three_words_of_ten_is_believed(shared: int, good: bool) -> None:
    words = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett"]
    before = " ".join(words[:shared]) + " abc" * 60
    assert classify(status=200, title=None, text=" ".join(words) + " abc", previous_text=before).good is good


@pytest.mark.parametrize(("times", "good"), [(0, False), (1, False), (2, False), (3, True)])
def test_a_text_that_speaks_of_the_subject_three_times_is_not_doubted_for_its_title(times: int, good: bool) -> None:
    text = "Missiles. " + "The plenary met. " * times + "Permission denied to all."
    assert classify(status=200, title="Not found", text=text).good is good
    assert classify(status=200, title=None, text=text).good is good


@pytest.mark.parametrize(("length", "good"), [(399, False), (400, True)])
def test_a_banner_over_a_page_on_the_subject_does_not_hide_it(length: int, good: bool) -> None:
    says = "The plenary met. Please log in to continue. "
    assert classify(status=200, title=None, text=says + "a" * (length - len(says))).good is good
    off = says.replace("plenary", "group")
    assert not classify(status=200, title=None, text=off + "a" * (length - len(off))).good


def test_a_mark_is_sought_in_the_beginning_of_a_page_with_next_to_no_text() -> None:
    mark = b"<div class='g-recaptcha'>"
    found = classify_build(mark, {}, text="a" * 159)
    assert (found.kind, found.reason) == (Kind.BLOCKED, "it holds 'g-recaptcha' and next to no text")
    assert classify_build(mark, {}, text="a" * 160).good
    assert classify_build(b" " * 200_000 + mark, {}, text="a").good
    assert classify_build(b" " * 199_990 + b"g-recaptcha", {}, text="a").good
    assert not classify_build(b" " * 199_989 + b"g-recaptcha", {}, text="a").good
    assert not classify_build(b" " * (200_000 - len(mark)) + mark, {}, text="a").good


def test_what_headers_and_addresses_say_is_cut_short() -> None:
    header = classify_build(b"", {"x-amzn-waf-action": "c" * 50})
    assert header.reason == f"its header says x-amzn-waf-action: {'c' * 40}"
    front = f"https://{'a' * 250}.example/"
    assert classify_redirect("https://a.example/x", front).reason == f"it leads to the front page {front[:200]}"


def test_an_empty_place_for_the_text_is_sought_in_the_beginning_of_a_page() -> None:
    place = b"<main></main>"
    assert classify_build(b" " * (200_001 - len(place)) + place, {}, text="a").good
    assert not classify_build(b" " * (200_000 - len(place)) + place, {}, text="a").good
