# Two commands on a fresh machine (Python 3.11 to 3.13 and make): `make demo` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-boost check bench bench-peers bench-speed bench-reading bar study-coverage study-verdicts study-automation study-monitoring study-intervals study-peers study-slices study-rows study-insights study-leaks study-cards study-cells study-labels study-advice study-readable study-features study-networks study-smooth study-wide study-forward study-adds study-last-steps study-named format javascript serving lock clean
.DELETE_ON_ERROR:

# Any python of 3.11 to 3.13 that can make virtual environments; name another with `make PYTHON=... setup`.
PYTHON ?= $(shell for one in python3 python3.13 python3.12 python3.11; do \
	$$one -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	>/dev/null 2>&1 && { echo $$one; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# A test that hangs shall not hang the run; a busy machine needs longer than a quiet one. (macOS may lack `timeout`.)
TEST_SECONDS ?= 720
BOUND := $(shell command -v timeout >/dev/null 2>&1 && echo timeout --kill-after=10 $(TEST_SECONDS))
# Two processes share the tests; each keeps its libraries to one thread.
WORKERS ?= 2
# Two studies share the cores, one thread each.
STUDY := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 POLARS_MAX_THREADS=1 $(BIN)/python

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | \
		while IFS="$$(printf '\t')" read -r name words; do printf '  make %-15s %s\n' "$$name" "$$words"; done

setup: .venv/.ready-to-test ## everything for working on Journeyman, into .venv

demo: .venv/.ready-to-run ## set up, then build a model of the table that ships with the package
	@$(BIN)/journeyman demo

test: .venv/.ready-to-test ## set up, then run every test
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 POLARS_MAX_THREADS=1 \
		$(BOUND) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

# Beside the others and not among them: were CatBoost there, it would take part in all their builds.
test-boost: .venv-boost/.ready ## the tests that need the extra `boost`
	PYTHONPATH=$(CURDIR)/.venv-boost $(BOUND) $(BIN)/python -m pytest -n $(WORKERS) -k "catboost or whole" \
		tests/learners/test_catboost.py tests/trials/test_pool.py tests/laws $(ARGS)

check: .venv/.ready-to-test ## style, types, and the one direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# An hour; TASKS is a folder of tasks (table, split and card each). The machine must have nothing else to do.
bench: .venv/.ready-to-test ## real tables in three ways: make bench TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make bench TASKS=DIR" >&2; exit 2; }
	$(BIN)/python benchmarks/tasks.py --tasks $(TASKS)
	$(BIN)/python benchmarks/tasks.py --tasks $(TASKS) --raw
	$(BIN)/python benchmarks/tasks.py --tasks $(TASKS) --told
	$(BIN)/python benchmarks/tasks.py --table > benchmarks/results/tasks.md

# In an environment of its own: were CatBoost in ours, it would take part in our builds.
bar: .venv/.ready-to-test ## the bar that default LightGBM and CatBoost set: make bar TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make bar TASKS=DIR" >&2; exit 2; }
	$(PYTHON) -m venv .venv-bar && .venv-bar/bin/python -m pip install --quiet -e ".[boost,frames]"
	.venv-bar/bin/python benchmarks/defaults.py --tasks $(TASKS)

# Each in an environment of its own (10 GB for all; H2O needs Java), then task by task in turn. The machine must have
# nothing else to do; 64 tasks at 60 s take a night, and what has its row is not run again. Who cannot be set up does
# not take part.
BESIDE = $(or $(PEERS),autogluon:best_quality autogluon:medium_quality flaml mljar:Compete lightautoml h2o lightgbm catboost mean)
BUDGETS ?= 60s
PEERS_PYTHON ?= python3.11
EMPTY :=
SPACE := $(EMPTY) $(EMPTY)
COMMA := ,
# lightgbm, catboost and their mean share one; settings stand behind a colon.
ROOMS = $(sort $(foreach one,$(BESIDE),$(patsubst lightgbm,boosters,$(patsubst catboost,boosters,$(patsubst mean,boosters,$(firstword $(subst :, ,$(one))))))))
bench-peers: .venv/.ready-to-test ## us and other systems side by side: make bench-peers TASKS=DIR PEERS="flaml h2o" BUDGETS=60s
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make bench-peers TASKS=DIR" >&2; exit 2; }
	-$(MAKE) --keep-going $(ROOMS:%=.venv-peers/%/.ready)
	$(BIN)/python benchmarks/bench_peers.py --tasks $(TASKS) --time $(BUDGETS) --systems journeyman,$(subst $(SPACE),$(COMMA),$(strip $(BESIDE))) $(ARGS)
	$(BIN)/python benchmarks/bench_peers.py --table > benchmarks/results/peers.md

bench-speed: .venv/.ready-to-test ## one row, many rows, cold start beside other systems: make bench-speed TASKS=DIR ONLY=adult_income
	@test -n "$(TASKS)" && test -n "$(ONLY)" || { echo "Say where tasks are, and which: make bench-speed TASKS=DIR ONLY=NAME,NAME" >&2; exit 2; }
	-$(MAKE) --keep-going $(ROOMS:%=.venv-peers/%/.ready)
	$(BIN)/python benchmarks/peers_speed.py --tasks $(TASKS) --only $(ONLY) --time $(BUDGETS) --systems journeyman,$(subst $(SPACE),$(COMMA),$(strip $(filter-out mean,$(BESIDE)))) $(ARGS)
	$(BIN)/python benchmarks/peers_speed.py --table > benchmarks/results/peers_speed.md

# fastai brings a torchvision that may be built for another torch; tables need none.
.venv-peers/%/.ready: requirements/peers/%.txt
	$(PEERS_PYTHON) -m venv .venv-peers/$*
	.venv-peers/$*/bin/python -m pip --disable-pip-version-check --quiet install -r $<
	.venv-peers/$*/bin/python -m pip --disable-pip-version-check --quiet uninstall --yes torchvision
	@touch $@

# Hours; each build adds a row, and one that has its row is not run again, so a study can be stopped and go on.
study-coverage: .venv/.ready-to-test ## do printed intervals hold what is delivered? Two hours
	$(STUDY) benchmarks/coverage.py --share 1/2 & $(STUDY) benchmarks/coverage.py --share 2/2; wait
	$(STUDY) benchmarks/coverage.py --real --share 1/2 & $(STUDY) benchmarks/coverage.py --real --share 2/2; wait
	$(BIN)/python benchmarks/coverage.py --table > benchmarks/results/coverage.md
	$(BIN)/python benchmarks/coverage.py --real --table > benchmarks/results/coverage_real.md
	$(BIN)/python benchmarks/figures.py

study-verdicts: .venv/.ready-to-test ## is "deploy" said where there is a gain, and only there? A quarter of an hour
	$(STUDY) benchmarks/verdicts.py --share 1/2 & $(STUDY) benchmarks/verdicts.py --share 2/2; wait
	$(BIN)/python benchmarks/verdicts.py --table > benchmarks/results/verdicts.md

study-automation: .venv/.ready-to-test ## is the promised error of what runs unattended kept? Ten minutes
	$(STUDY) benchmarks/automation.py --logs 600
	$(BIN)/python benchmarks/automation.py --table > benchmarks/results/automation.md

study-monitoring: .venv/.ready-to-test ## is monitoring quiet while all is well, and how soon does it speak? Half an hour
	$(STUDY) benchmarks/monitoring.py --share 1/2 & $(STUDY) benchmarks/monitoring.py --share 2/2; wait
	$(BIN)/python benchmarks/monitoring.py --table > benchmarks/results/monitoring.md

study-intervals: .venv/.ready-to-test ## do 90 % of new rows lie where they should? make study-intervals TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-intervals TASKS=DIR" >&2; exit 2; }
	$(BIN)/python benchmarks/intervals.py --tasks $(TASKS)
	$(BIN)/python benchmarks/intervals.py --worlds
	$(BIN)/python benchmarks/intervals.py --table > benchmarks/results/intervals.md

# Each peer in an environment of its own; benchmarks/peers_printed.py says what to install there.
study-peers: .venv/.ready-to-test ## what other systems print and deliver: make study-peers PEERS="flaml=PYTHON …"
	@test -n "$(PEERS)" || { echo "Name peers and their Pythons: make study-peers PEERS=\"flaml=PATH mljar=PATH\"" >&2; exit 2; }
	$(STUDY) benchmarks/peers_printed.py $(addprefix --python ,$(PEERS))
	$(BIN)/python benchmarks/peers_printed.py --table > benchmarks/results/peers_printed.md

study-leaks: .venv/.ready-to-test ## are leaks found where there are some, and only there? Half an hour
	$(STUDY) benchmarks/leaks.py worlds --first 2000 --seeds 18
	$(STUDY) benchmarks/leaks.py clean --first 2000 --seeds 18
	$(BIN)/python benchmarks/leaks.py --table > benchmarks/results/leaks.md

study-cards: .venv/.ready-to-test ## what the audit finds in real tables, against what is known of them: make study-cards TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-cards TASKS=DIR" >&2; exit 2; }
	$(BIN)/python benchmarks/leaks.py cards --tasks $(TASKS)
	$(BIN)/python benchmarks/cards.py --tasks $(TASKS)
	$(BIN)/python benchmarks/cards.py --table > benchmarks/results/cards.md
	$(BIN)/python benchmarks/shelf.py --tasks $(TASKS)
	$(BIN)/python benchmarks/shelf.py --table > benchmarks/results/shelf.md

study-cells: .venv/.ready-to-test ## wrong cells found and repaired in pairs of dirty and clean tables: make study-cells PAIRS=DIR
	@test -n "$(PAIRS)" || { echo "Say where the pairs are: make study-cells PAIRS=DIR" >&2; exit 2; }
	$(BIN)/python benchmarks/cleaning.py --pairs $(PAIRS)
	$(BIN)/python benchmarks/cleaning.py --table > benchmarks/results/cleaning.md

# cleanlab lies in a folder of its own: pip install --target DIR cleanlab
study-labels: .venv/.ready-to-test ## wrong labels and odd rows: make study-labels TASKS=DIR PEERS=DIR SERIES=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-labels TASKS=DIR PEERS=DIR SERIES=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/label_errors.py --tasks $(TASKS) --peers $(PEERS)
	$(BIN)/python benchmarks/label_errors.py --table > benchmarks/results/label_errors.md
	$(STUDY) benchmarks/anomalies.py --tasks $(TASKS) --series $(SERIES)
	$(BIN)/python benchmarks/anomalies.py --table > benchmarks/results/anomalies.md

study-advice: .venv/.ready-to-test ## is it better to follow the audit? make study-advice TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-advice TASKS=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/advice.py --tasks $(TASKS) --time 20s
	$(BIN)/python benchmarks/advice.py --table > benchmarks/results/advice.md

study-readable: .venv/.ready-to-test ## models that one can read against boosted trees: make study-readable TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-readable TASKS=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/readable.py --tasks $(TASKS)
	$(BIN)/python benchmarks/readable.py --table > benchmarks/results/readable.md

study-features: .venv/.ready-to-test ## are planted patterns found, and do combined columns pay? make study-features TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-features TASKS=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/features.py --seeds 2
	$(STUDY) benchmarks/features.py --tasks $(TASKS)
	$(BIN)/python benchmarks/features.py --table > benchmarks/results/features.md

study-networks: .venv/.ready-to-test ## what neural networks add to boosted trees: make study-networks TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-networks TASKS=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/networks.py --tasks $(TASKS)
	$(BIN)/python benchmarks/networks.py --table > benchmarks/results/networks.md

study-smooth: .venv/.ready-to-test ## what a Gaussian process adds: make study-smooth TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-smooth TASKS=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/smooth.py --seeds 3
	$(STUDY) benchmarks/smooth.py --seeds 1 --rows 2000 --tasks $(TASKS)
	$(BIN)/python benchmarks/smooth.py --table > benchmarks/results/smooth.md

study-wide: .venv/.ready-to-test ## what a linear model of few columns adds: make study-wide TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-wide TASKS=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/wide.py --seeds 3
	$(STUDY) benchmarks/wide.py --seeds 1 --tasks $(TASKS)
	$(BIN)/python benchmarks/wide.py --table > benchmarks/results/wide.md

study-forward: .venv/.ready-to-test ## forward in time, which rule chooses what is good later: make study-forward TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-forward TASKS=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/forward.py --tasks $(TASKS)
	$(BIN)/python benchmarks/forward.py --table > benchmarks/results/forward.md

study-adds: .venv/.ready-to-test ## what one form adds to all others: make study-adds TASKS=DIR FORM="extra trees, middle" METRIC=mae
	@test -n "$(TASKS)" -a -n "$(FORM)" -a -n "$(METRIC)" || { echo 'Say where the tasks are, and which form: make study-adds TASKS=DIR FORM="extra trees, middle" METRIC=mae' >&2; exit 2; }
	$(STUDY) benchmarks/adds.py --form "$(FORM)" --metric $(METRIC) --tasks $(TASKS) --seeds 1
	$(BIN)/python benchmarks/adds.py --table > benchmarks/results/adds.md

study-last-steps: .venv/.ready-to-test ## what blending, refitting, calibrating and distilling earn: make study-last-steps TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-last-steps TASKS=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/last_steps.py --tasks $(TASKS) --seeds 1
	$(BIN)/python benchmarks/last_steps.py --table > benchmarks/results/last_steps.md

study-named: .venv/.ready-to-test ## what naming classes as F1 and balanced accuracy ask gains: make study-named TASKS=DIR
	@test -n "$(TASKS)" || { echo "Say where the tasks are: make study-named TASKS=DIR" >&2; exit 2; }
	$(STUDY) benchmarks/named_classes.py --tasks $(TASKS) --seeds 1
	$(BIN)/python benchmarks/named_classes.py --table > benchmarks/results/named_classes.md

# The tables of broken files, and labelled columns, lie elsewhere; none ships.
bench-reading: .venv/.ready-to-test ## broken files, large ones, what columns are: make bench-reading MESSY=DIR SCORER=FILE COLUMNS=FILE
	@test -n "$(MESSY)$(COLUMNS)" || { echo "Say where they are: make bench-reading MESSY=DIR SCORER=FILE COLUMNS=FILE" >&2; exit 2; }
	if test -n "$(MESSY)"; then for set in polluted_files survey; do test ! -d $(MESSY)/$$set || $(BIN)/python benchmarks/messy_csv.py --data $(MESSY) --set $$set --scorer $(SCORER); done; fi
	if test -n "$(COLUMNS)"; then $(BIN)/python benchmarks/column_types.py --data $(COLUMNS); fi
	$(BIN)/python benchmarks/large.py

study-slices: .venv/.ready-to-test ## are weak groups found where there is one, and only there? A quarter of an hour
	$(STUDY) benchmarks/slices.py
	$(BIN)/python benchmarks/slices.py --table > benchmarks/results/slices.md

study-rows: .venv/.ready-to-test ## are rows left out, or listed for review, where they should be? Half an hour
	$(STUDY) benchmarks/training_rows.py & $(STUDY) benchmarks/review.py; wait
	$(BIN)/python benchmarks/training_rows.py --table > benchmarks/results/training_rows.md
	$(BIN)/python benchmarks/review.py --table > benchmarks/results/review.md

study-insights: .venv/.ready-to-test ## do insights hold, and only where there is something? Ten minutes
	$(STUDY) benchmarks/insights.py
	$(BIN)/python benchmarks/insights.py --table > benchmarks/results/insights.md

format: .venv/.ready-to-test ## put style right where a tool can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

javascript: .venv-javascript/.ready ## ONNX Runtime for Node and browsers, for tests of the JavaScript reader
.venv-javascript/.ready: requirements/javascript/package-lock.json
	mkdir -p .venv-javascript
	cp requirements/javascript/package.json requirements/javascript/package-lock.json requirements/javascript/.npmrc .venv-javascript/
	npm ci --prefix .venv-javascript
	@touch $@

.venv-boost/.ready: .venv/.ready-to-test requirements/boost.lock
	$(PIP) install --target .venv-boost --upgrade --no-deps --require-hashes -r requirements/boost.lock
	@touch $@

serving: .venv/.ready-to-run ## the distribution that only serves, as a wheel in dist/
	rm -rf build/serving
	$(BIN)/python -m journeyman.deployment.serving_distribution build/serving
	$(PIP) wheel --no-deps -w dist build/serving

# The locks serve 3.11, 3.12 and 3.13 at once, pin every file by its digest and name no place to fetch it from.
COMPILE := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml requirements/build.in
lock: ## pin the dependencies anew
	@test -n "$(PYTHON)" || { echo "There is no Python 3.11 to 3.13 here. Install one, then run again." >&2; exit 2; }
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install --quiet uv
	$(COMPILE) --upgrade --extra test -o requirements/test.lock
	$(COMPILE) --constraint requirements/test.lock -o requirements/core.lock
	$(subst pyproject.toml requirements/build.in,requirements/boost.in,$(COMPILE)) --upgrade --no-deps -o requirements/boost.lock

clean: ## remove what `make` made here (your runs stay)
	rm -rf .venv .venv-lock .venv-bar .venv-boost .venv-javascript .venv-peers build journeyman.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "There is no Python 3.11 to 3.13 with venv here. Install one, then run again." >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/.ready-to-run: .venv/bin/python requirements/core.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements/core.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-to-test: .venv/.ready-to-run requirements/test.lock
	$(PIP) install --require-hashes -r requirements/test.lock
	@touch $@
