"""The services of the suite and the kernel they share."""
