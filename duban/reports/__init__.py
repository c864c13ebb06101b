"""What the office hands on, as text and bytes; models in, no input, output or clock."""
