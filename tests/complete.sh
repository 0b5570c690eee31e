#!/bin/bash
# SPDX-License-Identifier: ISC
# What the shells make of the completions, in the shells themselves.  Those
# that are not installed are passed over; bash always is.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0
for shell in bash zsh fish; do
	mkdir "$tmp/$shell"
	for t in docsplit declutter dedupe entities quotes; do
		case $shell in
		bash) file=$t ;;
		zsh) file=_$t ;;
		fish) file=$t.fish ;;
		esac
		"$BUILD/bin/$t" --help | man/complete.sh $shell $t \
			>"$tmp/$shell/$file" || status=1
	done
done
cd "$tmp" || exit 2
mkdir files
touch files/names.tsv

# has WHAT WANTED...: each wanted word is a line of the file `got`.
has() {
	missing=
	for word in "${@:2}"; do
		grep -qxF -e "$word" got || missing="$missing $word"
	done
	if [ -z "$missing" ]; then
		echo "ok - complete: $1"
	else
		echo "# lacks$missing"
		head -5 got err 2>/dev/null | sed 's/^/# /'
		echo "not ok - complete: $1"
		status=1
	fi
}

# in_SHELL WORD...: what the last word can become, one a line, into `got`.
in_bash() {
	bash -c '. "bash/$1"
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		compopt() { :; }
		"_newsieve_$1"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@" >got 2>err
}

in_fish() {
	for t in fish/*; do echo "source $t"; done >load.fish
	fish --no-config -C 'source load.fish' -c "complete -C '$*'" 2>err |
		cut -f 1 >got
}

# Zsh completes at a terminal alone: here it says what it would go by.
in_zsh() {
	zsh -f -c '_arguments() { print -rl -- "$@" }; . "zsh/_$1"' \
		zsh "$1" >got 2>err
}

in_bash docsplit --se
has 'bash, long options' --sentences --separator=
in_bash docsplit --format = j
has 'bash, values behind =' jsonl
in_bash quotes -f r
has 'bash, values of a short option' rows
in_bash docsplit --progress = a
has 'bash, values that may be left out' auto always
in_bash docsplit --progress files/n
has 'bash, a file behind an option without its value' files/names.tsv
in_bash entities -c files/n
has 'bash, files of an option' files/names.tsv
in_bash dedupe files/n
has 'bash, files' files/names.tsv
if command -v fish >/dev/null; then
	in_fish docsplit --se
	has 'fish, long options' --sentences --separator
	in_fish docsplit --format=j
	has 'fish, values behind =' --format=jsonl
	in_fish docsplit --progress=a
	has 'fish, values that may be left out' --progress=auto \
		--progress=always
	in_fish entities -c files/n
	has 'fish, files of an option' files/names.tsv
fi
if command -v zsh >/dev/null; then
	in_zsh docsplit
	has 'zsh, a short and a long option' '(-p --paragraphs)-p[join lines, blocks are paragraphs]' \
		'(-p --paragraphs)--paragraphs[join lines, blocks are paragraphs]'
	has 'zsh, values' '--id=[call documents by name (default), seq, native or hash]:KEY:(name seq native hash)'
	has 'zsh, values that may be left out' '--progress=-[say how far it is, auto (default) or always]::WHEN:(auto always)'
	has 'zsh, files' '*:file:_files'
fi
exit "$status"
