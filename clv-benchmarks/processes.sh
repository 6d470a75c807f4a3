#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
#
# Measures whole processes, start of Java and reading of files included: CPU time (user and system, of all threads) and
# peak memory; of a fit also how often it evaluated all customers. Writes one line a run to clv-benchmarks/target/processes.tsv, of which org.clv4j.benchmarks.Table makes a
# section of docs/benchmarks.md.
#
#   clv-benchmarks/processes.sh [CUSTOMERS [RUNS]]      1000000 customers and 3 runs unless stated
#
# Needs clv-cli/target/clv.jar and clv-benchmarks/target/benchmarks.jar, and GNU time as /usr/bin/time. Customers are made
# once, by `clv simulate` and by ContinuousSummaries, and kept in clv-benchmarks/target/processes. The CDNOW sample is
# taken from the folder `shared` beside the checkout, or from CLV_SHARED; without it as many customers are made up.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
customers=${1:-1000000}
runs=${2:-3}
shared=${CLV_SHARED:-$root/../shared}
table=$root/clv-benchmarks/target/processes.tsv
java=("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC)
clv=("${java[@]}" -jar "$root/clv-cli/target/clv.jar")
# The heap that Java takes unasked depends on the machine, and with it the peak: so it is measured with a stated one too.
heap=-Xmx768m
spend=p=6.25,q=3.744,gamma=15.44

fail() {
  echo "processes.sh: $*" >&2
  exit 1
}

[ -x /usr/bin/time ] || fail "GNU time is needed as /usr/bin/time"
for jar in clv-cli/target/clv.jar clv-benchmarks/target/benchmarks.jar; do
  [ -f "$root/$jar" ] || fail "$jar is missing; build it with mvn -B -q -DskipTests package -pl clv-cli,clv-benchmarks -am"
done
mkdir -p "$root/clv-benchmarks/target/processes"
cd "$root/clv-benchmarks/target/processes"

# measure WHAT TIMES CUSTOMERS RUNS COMMAND…
measure() {
  local what=$1 times=$2 count=$3 repeats=$4 run evaluations
  shift 4
  for ((run = 0; run < repeats; run++)); do
    /usr/bin/time -q -o measured -f '%U %S %M' "$@" >printed 2>&1 || fail "$* failed: $(cat printed)"
    evaluations=$(sed -n 's/.* customers, \([0-9]*\) evaluations$/\1/p' printed)
    awk -v what="$what" -v times="$times" -v count="$count" -v command="${*//$root\//}" -v evaluations="$evaluations" -v OFS='\t' \
      '{ print what, times, count, command, $1 + $2, $3, evaluations }' measured >>"$table"
  done
}

# simulate MODEL PARAMETERS CUSTOMERS FILE
simulate() {
  [ -f "$4" ] || "${clv[@]}" simulate --model "$1" --spend gamma-gamma --parameters "$2,$spend" --customers "$3" \
    --from 1997-01-01 --acquired-until 1997-03-25 --until 1997-09-30 --seed 20250101 --out "$4"
}

# gridded MODEL PARAMETERS: a file of dates, summarised.
gridded() {
  local file=$1-gridded-$customers.csv
  if [ ! -f "$file" ]; then
    simulate "$1" "$2" "$customers" transactions.csv
    "${clv[@]}" summary --transactions transactions.csv --until 1997-09-30 --out "$file"
    rm transactions.csv
  fi
}

# continuous MODEL: a file of real times.
continuous() {
  local file=$1-continuous-$customers.csv
  [ -f "$file" ] || "${java[@]}" -cp "$root/clv-benchmarks/target/benchmarks.jar" org.clv4j.benchmarks.ContinuousSummaries \
    "$1" "$customers" "$file"
}

rm -f "$table" transactions.csv
gridded bg-nbd r=0.2426,alpha=4.4136,a=0.7929,b=2.4259
gridded pareto-nbd r=0.5533,alpha=10.578,s=0.6062,beta=11.669
continuous bg-nbd
continuous pareto-nbd
if [ -f "$shared/data/cdnow/CDNOW_sample.txt" ]; then
  ln -sf "$shared/data/cdnow/CDNOW_sample.txt" CDNOW_sample.txt
  purchases=(--transactions CDNOW_sample.txt --no-header --delimiter whitespace --customer 2 --date 3 --date-format yyyyMMdd
    --amount 5 --until 1997-09-30)
else
  simulate bg-nbd r=0.2426,alpha=4.4136,a=0.7929,b=2.4259 2357 sample.csv
  purchases=(--transactions sample.csv --until 1997-09-30)
fi

score=(score "${purchases[@]}" --model bg-nbd --spend gamma-gamma --horizon 39
  --columns "customer_id,p_alive,expected_transactions,expected_spend" --out scores.csv)
# GNU time counts in hundredths of a second: short processes need more runs for a mean.
short=$((5 * runs))
measure 'empty Java process' '' 0 "$short" "${java[@]}" -cp "$root/clv-benchmarks/target/classes" org.clv4j.benchmarks.Empty
measure 'transactions to scores' gridded 2357 "$short" "${clv[@]}" "${score[@]}"
measure 'transactions to scores, by the script clv' gridded 2357 "$short" "$root/clv" "${score[@]}"
for model in bg-nbd pareto-nbd; do
  for times in gridded continuous; do
    fit=(fit --summary "$model-$times-$customers.csv" --model "$model")
    measure "fit of $model" "$times" "$customers" "$runs" "${clv[@]}" "${fit[@]}"
    measure "fit of $model, small heap" "$times" "$customers" "$runs" \
      "${java[@]}" "$heap" -jar "$root/clv-cli/target/clv.jar" "${fit[@]}"
  done
done
rm -f measured printed
echo "wrote $table"
