# `make run` and `make test` are all that a new machine with Swift needs.
SWIFT ?= swift
# What the program is given: make run ARGS="demo order --step", make bench ARGS="loop --rounds 1"
ARGS ?=
# Where `make install` puts the program.
PREFIX ?= /usr/local
# How many random programs `make fuzz` tries with each CPython (and a tenth as many with the recorder), and
# `make damage` ways to damage a recording.
SEEDS ?= 1000
SWIFT_FILES := Sources demos Tests Benchmarks Package.swift

.PHONY: help run build install uninstall test check bench python-suite recordings conformance fuzz damage lint format clean

help:
	@echo 'make run      set up, build for speed, open loopscope (ARGS="demo order --step")'
	@echo 'make install  build it to run without Swift, put it into PREFIX=$(PREFIX); make uninstall'
	@echo 'make test     set up, run every test'
	@echo 'make check    what CI does: lint, build with warnings as errors, every test'
	@echo 'make bench    measure the loop beside asyncio and uvloop, and the screen (ARGS="loop --rounds 1")'
	@echo 'make python-suite  check the recorder on every Python at hand, all of it'
	@echo 'make recordings  record the examples on real Pythons again (demos/recordings)'
	@echo 'make conformance   our loop against recordings of CPython, with no Python'
	@echo 'make fuzz     random programs on our loop, on each CPython found and with the recorder (SEEDS=1000)'
	@echo 'make damage   damaged recordings, and every command that reads one (SEEDS=1000)'
	@echo 'make build    build for speed'
	@echo 'make format   format the Swift files'
	@echo 'make clean    remove what was built'

run: build
	@exec "$$($(SWIFT) build -c release --show-bin-path)/loopscope" $(ARGS)

build:
	@SWIFT=$(SWIFT) scripts/setup
	$(SWIFT) build -c release --product loopscope

# Linked to Swift's libraries, so that what is installed needs no Swift; on macOS the system has them.
STATIC := $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)
install:
	@SWIFT=$(SWIFT) scripts/setup
	$(SWIFT) build -c release --product loopscope $(STATIC)
	@DESTDIR=$(DESTDIR) scripts/install \
	  "$$($(SWIFT) build -c release --show-bin-path)/loopscope" $(PREFIX)

uninstall:
	@DESTDIR=$(DESTDIR) scripts/install --remove $(PREFIX)

test:
	@SWIFT=$(SWIFT) scripts/setup test
	$(SWIFT) test

# Package.swift makes an error of every warning.
check: lint test

bench:
	@SWIFT=$(SWIFT) scripts/setup
	$(SWIFT) run -c release Benchmarks $(ARGS)
	$(if $(ARGS),,$(PYTHON) Benchmarks/python_recorder.py)
	$(if $(ARGS),,$(PYTHON) Benchmarks/python_viztracer.py)

# PYTHON runs the checks; they look for all other interpreters themselves.
PYTHON ?= python3
python-suite:
	$(PYTHON) Tests/PythonTests/recorder/python_suite.py $(ARGS)

recordings: build
	scripts/record-demos "$$($(SWIFT) build -c release --show-bin-path)/loopscope" demos/recordings

conformance:
	@SWIFT=$(SWIFT) scripts/setup test
	$(SWIFT) test --filter ScenarioTests.GoldenTests

# Seeds begin at the second, so that they are fresh each time.
fuzz:
	@SWIFT=$(SWIFT) scripts/setup
	@first=$$(date +%s); \
	  $(SWIFT) run -c release conformance fuzz --seeds "$$first..<$$((first + $(SEEDS)))"; \
	  differs=$$?; $(PYTHON) Tests/PythonTests/recorder/random_programs.py \
	    --seeds $$first $$(($(SEEDS) / 10)) --keep differing && exit $$differs

damage: build
	$(PYTHON) Tests/EndToEnd/damage/fuzz.py "$$($(SWIFT) build -c release --show-bin-path)/loopscope" \
	  --seeds $$(date +%s) $(SEEDS) --python $(PYTHON) --keep damaged $(ARGS)

lint:
	$(SWIFT) format lint --strict --recursive $(SWIFT_FILES)

format:
	$(SWIFT) format --in-place --recursive $(SWIFT_FILES)

clean:
	$(SWIFT) package clean
