"""From the office's YAML files to an ``Office``, or to every problem they have."""
