"""The private Python side of the runtime. Users find what is for them in the package `pyodide`."""
