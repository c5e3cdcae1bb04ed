"""What surrounds Rasa's server: the REST channel, the tracker cache, the logs and two replaced methods."""
