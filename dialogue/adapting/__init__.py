"""Learning the encoder's second reading from the desk's own sentences: seldom, and never by a training of the model."""
