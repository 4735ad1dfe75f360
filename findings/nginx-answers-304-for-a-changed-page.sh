#!/usr/bin/env bash
# nginx 1.22.1 (Debian 1.22.1-9+deb12u11), CPython's zipfile of Python 3.11, Info-ZIP unzip 6.00.
#
# Sections that are handed over as a reproducible archive give every entry one date (the usual advice for reproducible
# builds). nginx makes its ETag of the time and the size of a file, nothing else. A correction of one figure by another of
# as many digits (22 → 23), unpacked over the page before, keeps both: whoever holds the old page and asks is told 304
# "not modified", with the ETag of the old page, for as long as the portal runs; so is every cache in between.
#
# Seen: the page on disk says 23件; a request with the ETag of the 22 is answered 304; with If-Modified-Since: 304.
# Expected by whoever publishes: 200 with the new page.
# For us: an entry of the zip bears the time of the release that changed it, later than all before; kept files keep theirs.
set -euo pipefail
place=$(mktemp -d)
cleanup() {
    test ! -f "$place/nginx.pid" || kill "$(cat "$place/nginx.pid")" 2>/dev/null || true
    rm -rf "$place"
}
trap cleanup EXIT
cd "$place"
version=1.22.1-9+deb12u11
apt-get download -qq "nginx=$version" >/dev/null 2>&1
dpkg-deb -x nginx_*.deb unpacked
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > pack.py <<'PY'
import sys
import zipfile

name, figure = sys.argv[1:]
entry = zipfile.ZipInfo("report.html", (1980, 1, 1, 0, 0, 0))
entry.external_attr = 0o644 << 16
with zipfile.ZipFile(name, "w") as archive:
    archive.writestr(entry, f"<!DOCTYPE html><title>示例</title><p>本年新收政府信息公开申请{figure}件。</p>\n")
PY
python3 pack.py first.zip 22
python3 pack.py second.zip 23
cat > nginx.conf <<CONF
pid $place/nginx.pid;
error_log $place/error.log;
events {}
http {
    access_log off;
    client_body_temp_path $place/t1; proxy_temp_path $place/t2; fastcgi_temp_path $place/t3;
    uwsgi_temp_path $place/t4; scgi_temp_path $place/t5;
    server { listen 127.0.0.1:$port; root $place/www; }
}
CONF
chmod 755 "$place"
unzip -qo first.zip -d www
unpacked/usr/sbin/nginx -p "$place" -c "$place/nginx.conf" -e "$place/error.log"
address=http://127.0.0.1:$port/report.html
tag=$(curl -sD - -o held.html "$address" | tr -d '\r' | sed -n 's/^ETag: //p')
date=$(curl -sD - -o /dev/null "$address" | tr -d '\r' | sed -n 's/^Last-Modified: //p')
grep -q 22件 held.html
unzip -qo second.zip -d www
grep -q 23件 www/report.html
by_tag=$(curl -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" "$address")
by_date=$(curl -s -o /dev/null -w '%{http_code}' -H "If-Modified-Since: $date" "$address")
fresh=$(curl -s "$address" | grep -c 23件)
echo "ETag $tag of the page with 22; on disk 23 (fresh request: $fresh); by ETag $by_tag, by date $by_date"
test "$by_tag $by_date $fresh" = "304 304 1" || { echo "nginx has changed"; exit 1; }
