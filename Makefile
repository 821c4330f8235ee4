PYTHON = python

all: lint types test

lint:
	$(PYTHON) -m ruff check .

types: links
	$(PYTHON) -m mypy

# The folders under the package's name, where the type checker and the tests look for them.
links:
	$(PYTHON) start.py links

test: links
	$(PYTHON) -m pytest -q -n 2

# Measure beside a document converter and rewrite the table in docs/benchmark.md.
bench:
	$(PYTHON) bench/bench.py

# Measure a county's filings, the workbook of many findings and a converter, and rewrite the tables in docs/scale.md.
scale:
	$(PYTHON) bench/scale.py

# Rewrite the examples in both READMEs from what the program prints now.
readme:
	$(PYTHON) docs/refresh.py

# Learn the weights of relations/weights.toml from texts (needs `pip install .[learn]`): make weights TEXTS="FOLDER ..."
TEXTS = $(wildcard corpus/sentences ../shared/eval/narrative ../shared/unlabelled)
weights: links
	$(PYTHON) bench/learn.py relations/weights.toml $(TEXTS)

# Write down what is not read of corpus/sentences (corpus/unread.toml) and raise bench/sentences.json.
sentences: links
	$(PYTHON) -m tests.sentences --write

# List what is accused in texts: make accusations TEXTS="FOLDER ..."
accusations:
	$(PYTHON) bench/accusations.py $(TEXTS)

# Misprint one figure of each relation of texts and count what is accused: make misprints TEXTS="FOLDER ..."
misprints: links
	$(PYTHON) -m bench.misprints $(TEXTS)

# Plant the errors that people make in the right texts of corpus/right, list those not found, and raise bench/people.json.
people: links
	$(PYTHON) -m bench.people --write

# Hold the program against labelled cases (see docs/accuracy.md): make accuracy CASES=FOLDER
accuracy:
	$(PYTHON) bench/accuracy.py $(CASES)

.PHONY: all lint links types test bench scale accuracy accusations misprints people readme sentences weights
