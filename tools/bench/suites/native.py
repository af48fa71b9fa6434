"""A native peer of a benchmark: native.py MODULE SETTINGS answers requests, one a line, to the end.

MODULE is a suite beside this file, SETTINGS are JSON. See suite.py.
"""

import json
import os
import sys

from suite import Answers

if __name__ == "__main__":
    module, settings = sys.argv[1:]
    # Answers go where no print of a library's gets.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as output:
        os.dup2(2, 1)
        answers = Answers(module, json.loads(settings))
        for line in sys.stdin:
            output.write(answers.answer(line) + "\n")
            output.flush()
