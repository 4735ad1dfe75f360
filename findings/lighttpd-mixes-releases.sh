#!/usr/bin/env bash
# lighttpd 1.4.69 (Debian 1.4.69-1), its default configuration but for address, root and types.
#
# A release of a site is put online by one rename of a symbolic link (current → releases/ID), so that no reader meets half of
# it. lighttpd keeps what it knows of a path, with small files open, for about a second (server.stat-cache-engine =
# "simple", the default). After the rename each path grows old by itself: for about a second a page of the new release
# is served with the style sheet of the old one, or the reverse; sizes and contents agree, so no error shows it. A cache or a
# verifier that reads the portal right after publishing keeps a mixture.
#
# Seen: "simple": in 12 switches, pairs of page and style sheet of different releases, some after 0.1 s and more;
#       "disable": none
# Expected: from the rename on, the new release (as nginx without open_file_cache and Apache serve it).
# For us: the operator's guide asks for server.stat-cache-engine = "disable".
set -euo pipefail
place=$(mktemp -d)
trap 'kill "$(cat "$place/pid" 2>/dev/null)" 2>/dev/null || true; rm -rf "$place"' EXIT
cd "$place"
lighttpd -v | grep -q '^lighttpd/1\.4\.69 '
mkdir -p releases/a releases/b
for release in a b; do
  echo "$release" | tee "releases/$release/page.html" > "releases/$release/style.css"
done
ln -s releases/a current
cat > poll.py <<'PY'
import os
import sys
import time
import urllib.request


def get(name):
    return urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/{name}", timeout=2).read().decode()[0]


def both():
    return get("page.html"), get("style.css")


online, mixed, longest = "a", 0, 0.0
for _ in range(12):
    following = "b" if online == "a" else "a"
    while both() != (online, online):
        time.sleep(0.05)
    os.symlink("releases/" + following, "made")
    os.rename("made", "current")
    switched = time.time()
    while (seen := both()) != (following, following):
        if seen[0] != seen[1]:
            mixed, longest = mixed + 1, max(longest, time.time() - switched)
        time.sleep(0.02)
    online = following
    time.sleep(0.31)
print(f"{sys.argv[2]}: mixed pairs {mixed}, the latest {longest:.2f} s after the rename")
assert (mixed > 0 and longest > 0.1) if sys.argv[2] == "simple" else mixed == 0
PY
for engine in simple disable; do
  cat > server.conf <<CONF
server.document-root = "$place/current"
server.bind = "127.0.0.1"
server.port = 8979
server.pid-file = "$place/pid"
server.stat-cache-engine = "$engine"
mimetype.assign = (".html" => "text/html", ".css" => "text/css")
CONF
  timeout 120 lighttpd -f server.conf
  sleep 1
  timeout 100 python3 poll.py 8979 "$engine"
  kill "$(cat pid)"
  sleep 1
done
