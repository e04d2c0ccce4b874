"""What is done to running séances from outside their journal. Each module says when."""
