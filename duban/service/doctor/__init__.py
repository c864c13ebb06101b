"""What may be wrong with an installation, each finding with its remedy."""
