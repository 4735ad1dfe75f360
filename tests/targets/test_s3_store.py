"""An object store: a real HTTP server that speaks S3 (moto), on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from generator.collection.destinations import Destination
from generator.finding import UserError
from generator.ledger.verify import verify
from generator.targets.s3_store import S3Store
from generator.targets.ways import open_target
from tests.targets.samples import FILES, NEXT, Desk

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def values(endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")
    bucket = tmp_path.name.replace("_", "-")[-40:].strip("-")
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket=bucket)
    return {"方式": "s3", "端点": endpoint, "桶": bucket, "前缀": "nianbao/", "寻址": "路径"}


@pytest.fixture
def desk(tmp_path: Path, values: dict[str, str]) -> Desk:
    return Desk(tmp_path, Destination("存储", "s3", values))


def test_a_release_goes_out_with_types_and_cache_headers_and_is_verified(desk: Desk, values: dict[str, str]) -> None:
    desk.publish()
    entry = desk.publish(NEXT)
    assert desk.target.served() == entry.release and desk.target.strangers(desk.ledger) == []
    sums = {path: item for path in desk.target.paths() if (item := desk.target.sums(path))}
    assert verify(desk.target.read, lambda _: sums).differences == ()
    client = boto3.client("s3", endpoint_url=values["端点"], region_name="us-east-1")
    heads = {
        path: client.head_object(Bucket=values["桶"], Key=f"nianbao/{path}")
        for path in ("index.html", "assets/style.0b0b0b0b.css", "ledger.jsonl")
    }
    assert heads["index.html"]["ContentType"] == "text/html; charset=utf-8"
    assert heads["index.html"]["CacheControl"] == heads["ledger.jsonl"]["CacheControl"] == "no-cache"
    assert "immutable" in heads["assets/style.0b0b0b0b.css"]["CacheControl"]


def test_what_was_brought_before_the_connection_broke_is_not_brought_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish()
    whole, written = S3Store.write, list[str]()

    def breaks(store: S3Store, path: str, data: bytes) -> None:
        if path == "2021/shili/index.html":
            raise OSError(104, "Connection reset by peer")
        whole(store, path, data)

    with monkeypatch.context() as broken:
        broken.setattr(S3Store, "write", breaks)
        with pytest.raises(OSError, match="Connection reset"):
            desk.publish(NEXT)
    assert desk.target.read("2021/shili/index.html") == FILES["2021/shili/index.html"]  # its page is whole and old

    def noted(store: S3Store, path: str, data: bytes) -> None:
        written.append(path)
        whole(store, path, data)

    monkeypatch.setattr(S3Store, "write", noted)
    desk.publish(NEXT)
    assert "2021/shili/report.json" not in written and "2021/shili/index.html" in written
    assert desk.target.read("2021/shili/index.html") == NEXT["2021/shili/index.html"] and not desk.target.unfinished()


def test_what_the_store_refuses_is_one_sentence(
    values: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = open_target(Destination("存储", "s3", values | {"桶": "no-such-bucket"}), tmp_path / "content")
    with pytest.raises(UserError, match="NoSuchBucket"):
        target.read("index.html")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(UserError, match="no credentials"):
        open_target(Destination("存储", "s3", values), tmp_path / "content").read("index.html")
