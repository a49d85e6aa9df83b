# Jieli. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# A newer Node.js that scripts/install.sh may have put into .cache goes first.
export PATH := $(CURDIR)/.cache/node_modules/node/bin:$(PATH)
# One way to compile for building, vetting and testing: nothing is compiled twice. Debugger's tables, and a
# compiler that sweeps its memory often, cost a quarter of the first build.
export GOFLAGS := $(strip $(GOFLAGS) -trimpath -gcflags=all=-dwarf=false)
COMPILE := GOGC=400
TEMPORAL := github.com/temporalio/cli/cmd/temporal@v1.5.1
CHECKS ?= 3000
# Packages that need no server; the others run in `make test` alone.
QUICK := internal/imports approval procedures rules policies
# Those that take longest begin first, so that none is left over at the end.
LONG := ./test/e2e ./store ./api
# What is tried in a browser, the longest first.
SUITES := axe-zh-CN axe-en signoff causes handover archive supervision roster rules forms destinations death benefit claims family recovery
# How often faults kills, how many handovers it signs at once, and at how many borders of a bank day it kills (0: all).
KILLS ?= 2
BATCH ?= 24
BORDERS ?= 0

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z\/-]+:.*## / {printf "%-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: install ## Install what is missing, build, and start everything with demonstration data
	@# At once: the one waits for npm while the other compiles.
	@$(MAKE) --no-print-directory -j2 bin/temporal build
	bin/jieli dev --demo

.PHONY: build
build: web/dist/index.html ## Make bin/jieli with the web pages inside
	$(COMPILE) go build -o bin/jieli ./cmd/jieli

.PHONY: test
test: install-test ## Install what is missing and run all tests
	@# At once: the one waits for npm while the other compiles.
	$(MAKE) --no-print-directory -j2 bin/temporal build
	$(MAKE) --no-print-directory check
	go test -count=1 -timeout 20m $(LONG) $$(go list ./... | grep -vE '^jieli/($(subst $() ,|,$(QUICK) $(LONG:./%=%)))$$')
	@# Three at once: much of a suite is waiting for a page.
	$(MAKE) --no-print-directory -j3 --output-sync=target $(SUITES:%=suite-%)

# Each suite has a stack of its own: they hand over the same people. Accessibility is one for each language, which
# would be the last to end otherwise.
.PHONY: $(SUITES:%=suite-%)
$(filter-out suite-axe-%,$(SUITES:%=suite-%)): suite-%:
	scripts/with-stack.sh npm --prefix web run test:e2e -- e2e/$*.spec --output test-results/$*
$(filter suite-axe-%,$(SUITES:%=suite-%)): suite-axe-%:
	scripts/with-stack.sh npm --prefix web run test:e2e -- e2e/axe.spec -g 'axe $*' --output test-results/axe-$*

.PHONY: check
check: web/node_modules/.installed ## Quick checks: format, vet, import rules, determinism, unit tests, types
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "gofmt these:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(COMPILE) go vet ./...
	$(COMPILE) go tool workflowcheck -config workflows/workflowcheck.yaml ./workflows/...
	go test $(addprefix ./,$(QUICK))
	npm --prefix web run check

.PHONY: openapi
openapi: web/node_modules/.installed ## Bring the front end's types up to the API
	go run ./cmd/jieli openapi > web/src/api/openapi.json.new && mv web/src/api/openapi.json.new web/src/api/openapi.json
	npm --prefix web run generate

.PHONY: properties
properties: ## Try the sign-off invariants on CHECKS random sequences each
	go test -count=1 -timeout 30m ./approval -rapid.checks=$(CHECKS)

.PHONY: bench
bench: bin/temporal build ## Measure the write path and the roster check against the plainest program of the same shape
	bin/jieli bench signoff
	bin/jieli bench roster
	bin/jieli bench board

.PHONY: histories
histories: bin/temporal ## Record the workflow histories that the replay test replays
	find workflows/testdata/histories -type f ! -name "first-*" -delete
	JIELI_RECORD_HISTORIES=$(CURDIR)/workflows/testdata/histories go test -count=1 -timeout 10m -run TestRecord ./test/histories

.PHONY: faults
faults: bin/temporal build ## Kill parts of the running product at the worst moments
	go test -count=1 -timeout 30m ./test/faults -kills=$(KILLS) -batch=$(BATCH) -borders=$(BORDERS)

.PHONY: shots
shots: install-test build bin/temporal ## Take a screenshot of every screen into shots/
	scripts/with-stack.sh npm --prefix web run shots

.PHONY: papers
papers: install-test bin/temporal ## Print every paper from real cases into printed/, as PDF and PNG, to be looked at
	@rm -rf printed && mkdir printed
	JIELI_PRINTED=$(CURDIR)/printed go test -count=1 ./api -run TestEveryPaperIsPrinted
	@cd printed && for paper in *.pdf; do pdftoppm -r 80 -png "$$paper" "$${paper%.pdf}"; done && ls *.png

.PHONY: install install-test
install:
	@scripts/install.sh run
install-test:
	@scripts/install.sh test

bin/temporal:
	@echo "building the Temporal dev server (once)"
	$(COMPILE) GOBIN=$(CURDIR)/bin go install -ldflags='-s -w' $(TEMPORAL)

web/node_modules/.installed: web/package-lock.json
	npm --prefix web ci --no-audit --no-fund --loglevel=error
	touch $@

web/dist/index.html: web/node_modules/.installed $(shell find web/src web/public web/index.html web/vite.config.ts -type f 2>/dev/null)
	npm --prefix web run build
	touch $@
