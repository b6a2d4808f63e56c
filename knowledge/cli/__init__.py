"""The command line for people who keep the data: `python -m knowledge`."""
