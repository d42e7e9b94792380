"""The parts of a build, one a file, in the order in which `journeyman.job.build` goes through them."""
