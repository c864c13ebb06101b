"""The figures of the README: ratios in one run, each beside the least that it could cost."""
