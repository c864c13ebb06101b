"""What units say in answer: the mails they send back, and the tokens that show who may."""
