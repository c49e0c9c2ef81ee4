#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""compile_commands.py OUT COMMAND_FILE SOURCE...   writes the compilation database that clang-tidy and editors read."""
import json
import os
import pathlib
import sys

out, command, sources = sys.argv[1], pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").strip(), sys.argv[3:]
rows = [{"directory": os.getcwd(), "file": s, "command": f"{command} -c {s}"} for s in sources]
pathlib.Path(out).write_text(json.dumps(rows, indent=1), encoding="utf-8")
