"""Parts of the workshop's pages: the facilitator's desk, the participants' page and the wall."""
