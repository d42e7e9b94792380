"""The room of the job: what an engineer is asked to do, one verb a file."""
