# SPDX-License-Identifier: ISC
# check WHAT COMMAND...: print `ok`, or `not ok` and what the command said, and
# set `status`; `about` says what is tested, `tmp` is a folder.  Read with `.`.
# shellcheck shell=bash disable=SC2154
check() {
	if "${@:2}" >"$tmp/said" 2>&1; then
		echo "ok - $about: $1"
	else
		tail -n 20 "$tmp/said" | sed 's/^/# /'
		echo "not ok - $about: $1"
		# shellcheck disable=SC2034 # its readers exit with it
		status=1
	fi
}
