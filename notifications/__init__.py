"""What people read: notices made into messages, and the channels that carry them."""
