"""What every test stands on: one thread, no downloads, no telemetry, no setting of the person who runs it."""

from __future__ import annotations

import os

from hypothesis import settings

_ENVIRONMENT = {
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
    "OMP_NUM_THREADS": "1",  # a second thread makes small matrices slower on a shared machine
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_OFFLINE": "1",
}

# Before any test module is imported: these are read when the libraries load.
os.environ.update(_ENVIRONMENT)
for name in [name for name in os.environ if name.startswith("XUNJU_")]:
    del os.environ[name]

# A busy machine is no failure, and the same commit tries the same examples everywhere.
settings.register_profile("same-everywhere", deadline=None, derandomize=True)
settings.load_profile("same-everywhere")
