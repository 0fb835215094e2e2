"""Runs notebooks from top to bottom under Jupyter itself: execute.py FOLDER NOTEBOOK...

Each is written with its new outputs to FOLDER. A failed cell, lost output or a dead kernel ends with exit code 1,
after the cell and what it wrote to standard error. Errors that nothing awaited are not seen here: Jupyter drops what
a kernel says between cells. Needs nbclient.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# before Jupyter looks: the kernel of this project comes first
os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(HERE), os.environ.get("JUPYTER_PATH")]))

import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError  # noqa: E402

CELL_TIMEOUT_S = 600


def stderr_of(cell):
    outputs = cell.get("outputs", [])
    return "".join(o.text for o in outputs if o.output_type == "stream" and o.name == "stderr")


def last_run(notebook):
    """The cell that failed: the last one that the kernel answered to or was asked for."""
    ran = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.get("execution_count")]
    written = [cell for cell in notebook.cells if cell.get("outputs")]
    return (ran or written or [None])[-1]


def execute(path, folder):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT_S,
        kernel_name=notebook.metadata.kernelspec.name,
        record_timing=False,
        raise_on_iopub_timeout=True,
        iopub_timeout=10,
        resources={"metadata": {"path": str(Path(path).resolve().parent)}},
    )
    error = None
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError, TimeoutError, RuntimeError) as raised:
        error = raised
    nbformat.write(notebook, Path(folder) / Path(path).name)
    if error is None:
        return True
    print(f"{path}: {type(error).__name__}", file=sys.stderr)
    cell = last_run(notebook)
    if cell is not None:
        print(f"{cell.source}\n{stderr_of(cell)}", file=sys.stderr)
    return False


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder, *paths = sys.argv[1:]
    sys.exit(0 if all([execute(path, folder) for path in paths]) else 1)
