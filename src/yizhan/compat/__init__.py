"""Other frameworks' names over Yizhan, so that a bot that was written for them runs."""
