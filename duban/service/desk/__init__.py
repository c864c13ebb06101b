"""What the coordinating office has before it: its queue, one item, one letter, and its acts."""
