"""The floors of the house hold: each knows only those below it, and only the web knows Flask."""

import subprocess
import sys
from pathlib import Path


def test_import_linter_keeps_the_floors(root: Path) -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(program), "--no-cache"], cwd=root, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
