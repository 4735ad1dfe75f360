"""A bucket of an object store that speaks S3 (AWS, MinIO, Ceph, and the clouds that offer it).

Credentials come from the environment or the files that every S3 tool reads, never from site.yaml."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from generator.collection.destinations import Destination
from generator.finding import Message, UserError
from generator.ledger.sums import FileSum, sum_pieces
from generator.targets.target import Advance
from generator.website.media_types import cache_control, media_type

T = TypeVar("T")
_AT_ONCE = 16
_MISSING = frozenset({"NoSuchKey", "404"})


class S3Store:
    """Files of a bucket below a prefix. Raises UserError for what the store refuses."""

    def __init__(self, destination: Destination) -> None:
        self._bucket = destination.text("桶")
        prefix = destination.text("前缀").strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        styles = {"路径": "path", "域名": "virtual"}
        style = {"addressing_style": styles.get(destination.text("寻址"), "auto")}
        config = Config(
            connect_timeout=15,
            read_timeout=60,
            max_pool_connections=_AT_ONCE,
            retries={"mode": "standard", "max_attempts": 4},
            s3=style,
            # stores other than AWS refuse the checksums that boto3 adds otherwise
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        region, endpoint = destination.text("区域", "us-east-1"), destination.text("端点") or None
        self._client: Any = boto3.Session().client("s3", region_name=region, endpoint_url=endpoint, config=config)

    def read(self, path: str) -> bytes | None:
        def get() -> bytes:
            data: bytes = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)["Body"].read()
            return data

        return self._call(get, path)

    def paths(self) -> Iterator[str]:
        return (path for path, _ in self._listed())

    def sums(self, path: str) -> FileSum | None:
        def get() -> FileSum:
            body = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)["Body"]
            return sum_pieces(body.iter_chunks(1 << 20))

        return self._call(get, path)

    def bring(self, source: Path, paths: Sequence[str], advance: Advance, resuming: bool) -> None:
        there = dict(self._listed()) if resuming else {}

        def bring(path: str) -> int:
            data = (source / path).read_bytes()
            if there.get(path) != hashlib.md5(data, usedforsecurity=False).hexdigest():
                self.write(path, data)
            return len(data)

        with ThreadPoolExecutor(_AT_ONCE) as threads:
            for size in threads.map(bring, paths):
                advance(size)

    def write(self, path: str, data: bytes) -> None:
        self._call(
            lambda: self._client.put_object(
                Bucket=self._bucket,
                Key=self._prefix + path,
                Body=data,
                ContentType=media_type(path),
                CacheControl=cache_control(path),
            ),
            path,
        )

    def delete(self, paths: Sequence[str]) -> None:
        for path in paths:
            delete = partial(self._client.delete_object, Bucket=self._bucket, Key=self._prefix + path)
            self._call(delete, path)

    def close(self) -> None:
        self._client.close()

    def _listed(self) -> Iterator[tuple[str, str]]:
        """Every object as path and entity tag, which is the MD5 of what was put in one piece."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
        iterator = iter(pages)
        while page := self._call(lambda: next(iterator, None), self._bucket):
            for item in page.get("Contents", ()):
                yield item["Key"].removeprefix(self._prefix), item["ETag"].strip('"')

    def _call(self, request: Callable[[], T], what: str) -> T | None:
        """Asks the store; None where there is no such object."""
        try:
            return request()
        except NoCredentialsError:
            raise UserError(
                Message(
                    "没有对象存储的密钥：请用环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY，或 ~/.aws/credentials",
                    "no credentials for the object store: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or use "
                    "~/.aws/credentials",
                )
            ) from None
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _MISSING:
                return None
            raise self._failure(what, code or str(error)) from None
        except BotoCoreError as error:
            raise self._failure(what, str(error)) from None

    def _failure(self, what: str, reason: str) -> UserError:
        return UserError(
            Message(
                f"对象存储“{self._bucket}”办不到（{what}）：{reason}；请检查桶名、权限和网络，再发布一次",
                f"the object store “{self._bucket}” refused ({what}): {reason}; check the bucket's name, permissions "
                "and the network, then publish again",
            )
        )
