# Mocha suites for .ci/run: each with a log of its own, run once more when it fails, two at a time where they may.
# Needs a folder $logs; adds to $passed and $failed.

# Runs one mocha suite, a second time when it fails. All that it says goes to <log>, and to <log>.count how many passed and failed.
suite() {
  local name=$1 log=$2 began=$SECONDS
  shift 2
  {
    echo "== $name"
    if ! try "$log.first" "$@"; then
      echo "FAILED once, and run again: $name"
      if try "$log.second" "$@"; then flaky "$name" "$log.first"; else echo "FAILED: $name"; fi
    fi
    echo "$name took $((SECONDS - began)) s"
  } >"$log" 2>&1
}

# One run of a suite; one that ran nothing, or ended badly, has failed.
try() {
  local said=$1 status ok bad
  shift
  "$@" 2>&1 | tee "$said"
  status=${PIPESTATUS[0]}
  ok=$(sed -nE 's/^ *([0-9]+) passing.*/\1/p' "$said" | tail -n 1)
  bad=$(sed -nE 's/^ *([0-9]+) failing.*/\1/p' "$said" | tail -n 1)
  if [ "${ok:-0}" -eq 0 ] || { [ "$status" -ne 0 ] && [ -z "$bad" ]; }; then bad=$((${bad:-0} + 1)); fi
  echo "${ok:-0} ${bad:-0}" >"$log.count"
  [ "${bad:-0}" -eq 0 ]
}

# Names each test that failed at first, in one line.
flaky() {
  local name=$1 said=$2
  awk -v suite="$name" '
    /^ *[0-9]+ failing/ { isListed = 1; next }
    !isListed { next }
    /^ +[0-9]+\) / { sub(/^ +[0-9]+\) /, ""); test = $0; isOpen = 1 }
    isOpen && $0 != test { sub(/^ +/, ""); test = test " " $0 }
    isOpen && /:$/ { sub(/:$/, "", test); print "FLAKY: " suite ": " test; isOpen = 0; found = 1 }
    END { if (!found) print "FLAKY: " suite ": it named no test" }
  ' "$said"
}

# Prints what a suite said, whole, and counts it.
told() {
  local log=$1 ok=0 bad=1
  cat "$log"
  read -r ok bad <"$log.count"
  passed=$((passed + ok))
  failed=$((failed + bad))
}

# Runs the heavy suites of these folders, two at a time; each is told when it has ended.
heavy() {
  local running=0 ended folder log
  mkfifo "$logs/ended"
  exec {ended}<>"$logs/ended"
  for folder in "$@"; do
    [ "$running" -lt 2 ] || firstEnded
    log=$logs/$(tr / - <<<"${folder#test/}")
    (
      trap 'echo "$log" >&"$ended"' EXIT
      suite "${folder#test/}" "$log" npm run -s test:heavy -- "$folder/*.heavy.ts"
    ) &
    running=$((running + 1))
  done
  while [ "$running" -gt 0 ]; do firstEnded; done
  exec {ended}>&-
  rm "$logs/ended"
}

# Waits for the suite of heavy that ends first, and tells it.
firstEnded() {
  local log
  read -r -u "$ended" log
  told "$log"
  running=$((running - 1))
}
