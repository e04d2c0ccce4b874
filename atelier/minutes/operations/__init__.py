"""What is done with a document. Each function takes the handle of an open transaction: the caller commits once."""
