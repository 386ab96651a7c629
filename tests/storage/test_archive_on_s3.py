"""The archive on an S3-compatible server: moto's, in this process, asked over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from storage import Archive, Store, open_archive
from storage.errors import CannotOpen, DamagedBlob, NotFound
from storage.verifying import verify
from tests.storage.making import a_record
from tests.storage.observing import a_version


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def archive(s3: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Archive:
    _surroundings(monkeypatch, s3)
    return open_archive(f"s3://{request.node.name.replace('_', '-')[:60]}/blobs")


def _surroundings(monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    """What an operator sets, as for every tool of AWS."""
    for name, value in (
        ("AWS_ENDPOINT_URL", endpoint), ("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_DEFAULT_REGION", "us-east-1"), ("AWS_MAX_ATTEMPTS", "1"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)


def test_what_was_put_is_got_back_and_kept_once(archive: Archive) -> None:
    one, other = archive.put(b"statement"), archive.put(b"another" * 100_000)
    assert archive.put(b"statement") == one
    assert (archive.get(one), archive.get(other)) == (b"statement", b"another" * 100_000)
    assert list(archive) == sorted([one, other])
    assert archive.has(one)
    assert not archive.has("00" * 32)


def test_the_same_bytes_heal_a_damaged_object_and_one_is_taken_back(archive: Archive) -> None:
    sha256 = archive.put(b"statement")
    path = archive._path(sha256)  # type: ignore[attr-defined]
    archive.files.pipe_file(path, b"")  # type: ignore[attr-defined]
    with pytest.raises(DamagedBlob):
        archive.get(sha256)
    assert archive.put(b"statement") == sha256
    assert archive.get(sha256) == b"statement"
    archive.take_back(sha256)
    archive.take_back(sha256)
    assert list(archive) == []


def test_what_another_worker_keeps_is_seen_at_once(archive: Archive) -> None:
    archive.put(b"one")
    other = open_archive(archive.url)  # type: ignore[attr-defined]
    assert len(list(other)) == 1
    sha256 = archive.put(b"two")
    assert other.has(sha256)
    assert len(list(other)) == 2


def test_threads_that_put_the_same_bytes_leave_one_sound_blob(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server of the tests may answer 500 to one of them; whoever did not ask for a single attempt asks again.
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    again = open_archive(archive.url)  # type: ignore[attr-defined]
    with ThreadPoolExecutor(8) as pool:
        kept = set(pool.map(again.put, [b"statement" * 5000] * 8))
    assert kept == set(archive)
    (sha256,) = archive
    assert archive.get(sha256) == b"statement" * 5000


def test_a_blob_that_is_gone_or_damaged_is_named(archive: Archive) -> None:
    sha256 = archive.put(b"statement")
    path = f"{archive.root}/{sha256[:2]}/{sha256}.zst"  # type: ignore[attr-defined]
    archive.files.pipe_file(path, b"not compressed")  # type: ignore[attr-defined]
    with pytest.raises(DamagedBlob, match=sha256):
        archive.get(sha256)
    archive.files.rm_file(path)  # type: ignore[attr-defined]
    with pytest.raises(NotFound, match=sha256):
        archive.get(sha256)


def test_a_store_beside_it_verifies_and_names_what_is_missing(archive: Archive, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'watch.sqlite'}") as store:
        with store.writing() as w:
            body = b"AR"
            a_version(w, a_record("AR"), archive=archive, body=body)
        (sha256,) = archive
        assert [d.object for d in verify(store, archive).damaged if d.object.startswith("blob")] == []
        archive.files.rm_file(f"{archive.root}/{sha256[:2]}/{sha256}.zst")  # type: ignore[attr-defined]
        assert f"blob {sha256}" in [d.object for d in verify(store, archive).damaged]


def test_a_server_that_is_not_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    _surroundings(monkeypatch, "http://127.0.0.1:9")
    archive = open_archive("s3://nobody/blobs")
    with pytest.raises(CannotOpen, match=r"^s3://nobody/blobs: cannot keep a blob \([^\n]*\); check the address"):
        archive.put(b"statement")
