#!/usr/bin/env bash
# What the tests need besides Python: chromium's headless shell, Chinese fonts, Java for the HTML checker, nginx, an OpenSSH server, rsync, LibreOffice, pdftotext; and libatomic,
# without which the Node.js inside playwright does not start; npm fetches the editors that tests/editors.py names.
set -eu
missing=()
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || missing+=(chromium-headless-shell)
command -v java >/dev/null || missing+=(default-jre-headless)
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || missing+=(nginx-light)
PATH="$PATH:/usr/sbin" command -v sshd >/dev/null || missing+=(openssh-server)
command -v npm >/dev/null || missing+=(npm)
command -v rsync >/dev/null || missing+=(rsync)
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui libreoffice-writer-nogui)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
[ -n "$(find /usr/share/fonts -iname 'NotoSansCJK*' -print -quit 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
[ -n "$(find /lib /usr/lib -name 'libatomic.so.1*' -print -quit 2>/dev/null)" ] || missing+=(libatomic1)
[ ${#missing[@]} -eq 0 ] && exit 0
install="apt-get install -y ${missing[*]}"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $install >/dev/null
else
  echo "测试还需要这些软件包 tests need these packages: sudo apt-get update && sudo $install" >&2
  exit 2
fi
