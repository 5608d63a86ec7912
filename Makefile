# Every command is one of run.py, which makes the environment first; PYTHON=/path/to/python3 names another Python.
.PHONY: briefing test lab report accept bench torture lock clean

briefing:  ## check the data, run the notebooks, write figures/ and the documents; ends with what changed
test:      ## lint, types, unit tests, every notebook cell against its stored output
lab:       ## open JupyterLab on the notebooks
report:    ## all notebooks as one page to mail, without code: report.html
accept:    ## store what the notebooks show now as what they must show
bench:     ## speed and quality, printed as ratios and scores
torture:   ## the long form of the robustness tests
lock:      ## write requirements.lock anew from pyproject.toml

briefing test lab report accept bench torture lock:
	@"$$(command -v "$${PYTHON:-python3}" || command -v python)" run.py $@

clean:
	rm -rf .venv .gfmd
