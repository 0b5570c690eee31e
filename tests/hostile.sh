#!/bin/sh
# SPDX-License-Identifier: ISC
# The five tools on inputs made to break them, built with the sanitizers.
#
# usage: tests/hostile.sh [folder ...]
# Folders hold more inputs.  BUILD is the build folder; its asan/bin is run.
set -eu
cd "$(dirname "$0")/.."
exec python3 tests/hostile.py "${BUILD:-build}/asan/bin" "$@"
