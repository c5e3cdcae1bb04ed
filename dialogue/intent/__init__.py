"""What a message is about: the classifier, its decision, and a second problem in the same message."""
