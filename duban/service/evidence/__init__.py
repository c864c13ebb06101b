"""Evidence (佐证材料): handed in, kept by content, paired, fetched."""
