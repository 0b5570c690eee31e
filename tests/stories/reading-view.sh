#!/bin/sh
# SPDX-License-Identifier: ISC
# A reading view: the article of each page as HTML, names and values marked,
# quotations with their speakers.  The page is one file that asks for nothing
# from elsewhere and runs no script; it follows the reader's choice of dark
# or light.
#
# usage: reading-view.sh FILE... > view.html
set -eu
export LC_ALL=C
here=$(dirname "$0")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Status 1 says that damaged input was skipped.
use() {
	"$@" || [ $? -eq 1 ]
}

use docsplit "$@" >"$tmp/rows"
use declutter "$tmp/rows" >"$tmp/kept"
# Any awk counts bytes in this locale, so bytes are what the tools count.
use entities --offsets=bytes "$tmp/kept" >"$tmp/entities"
use quotes --offsets=bytes "$tmp/kept" >"$tmp/quotes"
ENTITIES=$tmp/entities QUOTES=$tmp/quotes \
	awk -F '\t' -f "$here/unescape.awk" -f "$here/reading-view.awk" "$tmp/kept"
