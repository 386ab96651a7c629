"""No password of a database's address is shown, in whatever form it is written there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import Store, open_archive
from storage.addresses import masked, without_secrets
from storage.errors import CannotOpen

# An address, and how it is shown.
FORMS = {
    "postgresql://u:s3cret@h/db": "postgresql://u:***@h/db",
    "postgresql+psycopg://u:s3cret@h:5432/db?sslmode=require": "postgresql+psycopg://u:***@h:5432/db?sslmode=require",
    "postgresql://:s3cret@h/db": "postgresql://:***@h/db",
    "postgresql://u:s3@cret@h/db": "postgresql://u:***@h/db",
    "postgresql://u:s3cret@@h/db": "postgresql://u:***@h/db",
    "postgresql://u:s3/cret@h/db": "postgresql://u:***@h/db",
    "postgresql://u:s3:cret@h/db": "postgresql://u:***@h/db",
    "postgresql://u:s3?cret@h/db": "postgresql://u:***@h/db",
    "postgresql://u:s3#cret@h/db": "postgresql://u:***@h/db",
    "postgresql://u:s3 cret@h/db": "postgresql://u:***@h/db",
    "postgresql://u:s3%40cret@h/db": "postgresql://u:***@h/db",
    "postgresql://u@corp:s3cret@h/db": "postgresql://u@corp:***@h/db",
    "postgresql://u:s3cret@[::1]:5432/db": "postgresql://u:***@[::1]:5432/db",
    "postgresql://u@h/db?password=s3cret": "postgresql://u@h/db?password=***",
    "postgresql://u@h/db?password=s3cret&sslmode=require": "postgresql://u@h/db?password=***&sslmode=require",
    "postgresql://u@h/db?user=x&PASSWORD=s3cret": "postgresql://u@h/db?user=x&PASSWORD=***",
    "postgresql://u@h/db?password=s3@cret": "postgresql://u@h/db?password=***",
    "postgresql://u@h:5432/db?password=s3@cret": "postgresql://u@h:5432/db?password=***",
    "postgresql://u@h/db?password=s3&cret": "postgresql://u@h/db?password=***",
    "postgresql://u@h/db?password=s3=cret": "postgresql://u@h/db?password=***",
    "postgresql://u@h/db?password=s3?cret": "postgresql://u@h/db?password=***",
    "postgresql://u@h/db?p%61ssword=s3cret": "postgresql://u@h/db?p%61ssword=***",
    "postgresql://u@h/db?sslpassword=s3cret": "postgresql://u@h/db?sslpassword=***",
    "postgresql:///db?host=/run&user=u&password=s3cret": "postgresql:///db?host=/run&user=u&password=***",
    "postgresql://u:s3cret@h/db?password=other": "postgresql://u:***@h/db?password=***",
    "postgresql://u:s3cret/db": "postgresql://u:***/db",
    "postgresql://u:s3cret": "postgresql://u:***",
    "u:s3cret@h/db": "u:***@h/db",
    "postgresql:/u:s3cret@h/db": "postgresql:***@h/db",
    "host=h user=u password=s3cret dbname=db": "host=h user=u password=*** dbname=db",
    "host=h password = 's3 cret' dbname=db": "host=h password = *** dbname=db",
    r"password='s3 \' cret' host=h": "password=*** host=h",
    "mysql://u:s3cret@h/db": "mysql://u:***@h/db",
    "ftp://u:s3cret@h/blobs": "ftp://u:***@h/blobs",
    "s3://bucket/blobs?secret_access_key=s3cret": "s3://bucket/blobs?secret_access_key=***",
}
OPEN = (
    "postgresql://h/db", "postgresql://h:5432/db", "postgresql://h:5432", "postgresql://u@h:5432/db?sslmode=require",
    "postgresql://[::1]:5432/db", "postgresql://u@[::1]:5432/db", "postgresql:///db?host=%2Frun%2Fpg", "sqlite://", "sqlite:////home/a/b.sqlite",
    "sqlite:///C:/a/b.sqlite", "sqlite:////home/a:b@c/d.sqlite", "sqlite:///:memory:", "s3://bucket/blobs", "",
)  # fmt: skip


@pytest.mark.parametrize(("address", "expected"), FORMS.items())
def test_a_password_is_masked_and_nothing_else(address: str, expected: str) -> None:
    assert masked(address) == expected
    assert masked(expected) == expected
    assert without_secrets(f"cannot reach {address} now", address) == f"cannot reach {expected} now"


@pytest.mark.parametrize("address", OPEN)
def test_an_address_without_a_password_is_shown_as_it_is(address: str) -> None:
    assert masked(address) == address
    assert without_secrets("host h, database db", address) == "host h, database db"


@pytest.mark.parametrize(
    ("address", "words", "shown"),
    [
        ("postgresql://u:s3@cret@h/db", 'host "cret@h" has no address', 'host "***@h" has no address'),
        ("postgresql://u:s3%40cret@h/db", "s3@cret is wrong", "*** is wrong"),
        ("postgresql://u@h/db?password=two+words", "'two words' and two+words", "'***' and ***"),
        ("postgresql://u:h@h/db", "host h is down", "host h is down"),
        ("postgresql://u:base@h/db", "the database is down", "the database is down"),
        ("postgresql://h:s3cret/db", "invalid literal: 's3cret'", "invalid literal: '***'"),
    ],
)
def test_a_drivers_words_do_not_repeat_a_password(address: str, words: str, shown: str) -> None:
    assert without_secrets(words, address) == shown


@pytest.mark.parametrize("password", ["\n", "5\n", "5432\n", "a\n\n", "\x85", "\u2028"])
@pytest.mark.parametrize("address", ["h/db?password={}", ":{}@h/db", "user:{}"])
def test_a_password_that_ends_a_line_is_hidden_whole(address: str, password: str) -> None:
    assert masked(f"postgresql://{address.format(password)}") == f"postgresql://{address.format('***')}"


@settings(deadline=None)
@given(
    password=st.text(st.characters(exclude_characters="?=", exclude_categories=("Cs",)), min_size=1),
    user=st.sampled_from(["", "u", "a.b"]),
)
def test_whatever_the_password_the_address_shows_none_of_it(password: str, user: str) -> None:
    assert masked(f"postgresql://{user}:{password}@host/db") == f"postgresql://{user}:***@host/db"
    assert masked(f"postgresql://host/db?password={password}") == "postgresql://host/db?password=***"


# Addresses that cannot be opened, for reasons of many makers.
WRONG = [form for form in FORMS if "mysql" not in form and "ftp" not in form and "s3:" not in form]


@pytest.mark.parametrize("address", WRONG)
def test_what_cannot_be_opened_is_told_without_its_password(address: str) -> None:
    address = address.replace("@h", "@127.0.0.1").replace("host=h", "host=127.0.0.1").replace(":5432", ":9")
    if address.startswith("postgresql") and "connect_timeout" not in address and "127.0.0.1/" in address:
        address = address.replace("127.0.0.1/", "127.0.0.1:9/")
    with pytest.raises(CannotOpen) as refused:
        Store.open(address)
    line = str(refused.value)
    assert "\n" not in line
    assert "***" in line
    assert "cret" not in line


def test_more_than_one_at_sign_is_told_with_its_mend() -> None:
    with pytest.raises(CannotOpen, match=r"^postgresql://u:\*\*\*@h/db: has more than one @ before its host; .*%40"):
        Store.open("postgresql://u:s3@cret@h/db")


def test_an_archives_address_is_told_without_its_password() -> None:
    with pytest.raises(CannotOpen) as refused:
        open_archive("nothing://u:s3cret@h/blobs")
    assert str(refused.value).startswith("nothing://u:***@h/blobs: no such kind of archive")
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("driver", ["postgresql+asyncpg", "postgresql+psycopg_async"])
def test_an_asynchronous_driver_is_refused_with_what_to_write(driver: str) -> None:
    pytest.importorskip(driver.partition("+")[2].partition("_")[0])
    with pytest.raises(CannotOpen, match=r"@h/db: its driver is an asynchronous one; write sqlite:// or postgresql://"):
        Store.open(f"{driver}://u:s3cret@h/db")
