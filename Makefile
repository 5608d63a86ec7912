# Two commands: `make briefing` and `make test`. Both first make the environment, from requirements.lock.
READY := .venv/.ready
PY := .venv/bin/python

# Run Python with settings folders of its own: nothing of the user's IPython, Jupyter or matplotlib enters the results.
OWN = own="$$(pwd)/.venv/var" && IPYTHONDIR="$$own/ipython" JUPYTER_CONFIG_DIR="$$own/jupyter" JUPYTER_DATA_DIR="$$own/jupyter" \
      JUPYTER_RUNTIME_DIR="$$own/runtime" MPLCONFIGDIR="$$own/matplotlib" LC_ALL=C.UTF-8

.PHONY: briefing test lab bench torture lock clean

briefing: $(READY)  ## validate the data, run the notebooks, write figures/ and the documents
	@$(OWN) $(PY) -m gfmd_analysis.cli briefing

test: $(READY)  ## lint, types, unit tests, every notebook cell against its saved output
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@$(OWN) $(PY) -m pytest -n 2 --dist loadscope --nbval --nbval-current-env

lab: $(READY)  ## open JupyterLab on the notebooks
	@$(PY) -m jupyterlab --notebook-dir=. notebooks/01_coverage_gaps.ipynb

bench: $(READY)  ## speed and quality, printed as ratios and scores
	@$(OWN) $(PY) -m tests.bench

torture: $(READY)  ## the long form of the robustness tests (some minutes)
	@$(OWN) $(PY) -m tests.torture

lock: $(READY)  ## write requirements.lock anew from pyproject.toml
	@$(PY) -m pip install --quiet uv
	@.venv/bin/uv pip compile pyproject.toml --extra test --universal --fork-strategy fewest --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --quiet --upgrade --output-file requirements.lock

$(READY): requirements.lock pyproject.toml .ci/environment
	@sh .ci/environment

clean:
	rm -rf .venv
