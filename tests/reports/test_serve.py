"""What the site's own server answers, over real HTTP: pages to a reader of this machine, and nothing to others."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator

import pytest

from reports.serve import server


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port at which a small site is served."""
    folder = tmp_path_factory.mktemp("served") / "site"
    for name in ("index.html", "mtcr/index.html", "nsg/plenary-1.html", "nsg/two words.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "empty").mkdir()
    (folder.parent / "secret.txt").write_text("secret")
    site = server(folder, 0)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield site.server_port
    site.shutdown()
    site.server_close()


def asked(port: int, path: str, *hosts: str, method: str = "GET") -> tuple[int, str, dict[str, str]]:
    """Status, body and headers of the answer to a request with these Host headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    for host in hosts:
        connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), dict(answer.getheaders())
    connection.close()
    return found


LOOPBACK = (
    "127.0.0.1", "127.0.0.1:{port}", "localhost", "localhost:{port}", "LocalHost:{port}", "localhost.", "127.8.9.10",
    "[::1]", "[::1]:{port}", "localhost:9999",
)  # fmt: skip
OTHERS = (
    "evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil.example", "evil.localhost.example",
    "0.0.0.0", "0.0.0.0:{port}", "[::]", "192.168.1.2", "10.0.0.1:{port}", "[fe80::1]", "127.0.0.1@evil.example",
    "evil.example@127.0.0.1", "localhost evil.example", "localhost/evil", "localhost:port", "localhost,evil.example",
    "127.1", "2130706433", "[::1", "notlocalhost",
)  # fmt: skip


@pytest.mark.parametrize("host", LOOPBACK)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_reader_of_this_machine_is_answered(port: int, host: str, method: str) -> None:
    status, body, _ = asked(port, "/", host.format(port=port), method=method)
    assert (status, body) == (200, "index.html" if method == "GET" else "")


@pytest.mark.parametrize("host", OTHERS)
@pytest.mark.parametrize(("path", "method"), [("/", "GET"), ("/", "HEAD"), ("/mtcr", "GET"), ("/none", "GET")])
def test_a_name_that_was_made_to_lead_here_is_told_nothing(port: int, host: str, path: str, method: str) -> None:
    status, body, headers = asked(port, path, host.format(port=port), method=method)
    assert status == 421
    assert "Location" not in headers
    if method == "GET":
        assert body.count("\n") == 1
        assert "127.0.0.1" in body


@pytest.mark.parametrize("hosts", [(), ("",), ("localhost", "localhost"), ("localhost", "evil.example")])
def test_a_request_without_one_host_is_no_request(port: int, hosts: tuple[str, ...]) -> None:
    status, body, _ = asked(port, "/", *hosts)
    assert status == (421 if hosts == ("",) else 400)
    assert "index" not in body


@pytest.mark.parametrize(
    "path",
    ["/%00", "/index.html%00", "/%00/index.html", "/mtcr/%00.html", "/?a=%00%00", "/nsg", "/nsg/", "/empty", "/empty/",
     "/nsg/?x", "/index.html/", "/none.html", "/%ff%fe", "/%ed%a0%80", "/" + "a" * 300, "/" + "a/" * 3000,
     "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//../secret.txt"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_no_page_is_404_in_one_line(port: int, path: str, method: str) -> None:
    expected = 200 if path.startswith("/?") else 404
    status, body, _ = asked(port, path, "localhost", method=method)
    assert status == expected
    if method == "GET" and expected == 404:
        assert body.count("\n") == 1
        assert "secret" not in body
        assert "plenary-1" not in body


def test_a_page_and_the_front_page_of_a_folder_are_served(port: int) -> None:
    assert asked(port, "/nsg/two%20words.html", "localhost")[:2] == (200, "nsg/two words.html")
    assert asked(port, "/mtcr/", "localhost")[:2] == (200, "mtcr/index.html")
    status, _, headers = asked(port, "/mtcr?x=1", "localhost")
    assert (status, headers["Location"]) == (301, "/mtcr/?x=1")


@pytest.mark.parametrize(
    "words", [b"\0\0\0\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /\0 HTTP/1.0\r\n\r\n"]
)
def test_what_is_no_http_ends_no_server(port: int, words: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as other:
        other.sendall(words)
        while other.recv(4096):
            pass
    assert asked(port, "/", "localhost")[0] == 200
    assert capfd.readouterr().err == ""
