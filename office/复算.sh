#!/bin/sh
python=$(command -v python@PYTHON@ || command -v python3)
exec "$python" "$(dirname "$0")/run.py" @PYTHON@ "$@"
