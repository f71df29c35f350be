#!/bin/sh
# Compiles each C program of a folder by itself: cc.sh SOURCE_FOLDER TARGET_FOLDER.
# Without a C compiler it makes nothing and says so; what needs the programs is skipped.
set -eu
source=$1
target=$2
if ! command -v "${CC:-cc}" >/dev/null 2>&1; then
  echo "no C compiler (cc): the C programs in $source are not built, what needs them is skipped"
  exit 0
fi
mkdir -p "$target"
for program in "$source"/*.c; do
  [ -e "$program" ] || continue
  name=$(basename "$program" .c)
  # A child that is to start fast is linked statically where that can be done: not on macOS.
  case $name in
    *_static) static=-static ;;
    *) static= ;;
  esac
  compile() {
    "${CC:-cc}" -std=gnu11 -O2 -Wall -Wextra -Werror -pthread "$@" -o "$target/$name" "$program"
  }
  if [ -n "$static" ]; then
    compile "$static" 2>/dev/null || compile
  else
    compile
  fi
done
